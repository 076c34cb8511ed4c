using AiApp.Contracts;
using AiApp.Rag.Feedback;

namespace AiApp.Api.Feedback;

internal static class FeedbackMapping
{
    // What is longer hardly stands in an answer literally.
    private const int LongestLiteral = 60;

    public static AnswerFeedback ToFeedback(this FeedbackRequest request, Guid answer) => new()
    {
        AnswerId = answer,
        Verdict = request.Verdict,
        Reason = request.Reason,
        Comment = Trimmed(request.Comment),
        ExpectedAnswer = Trimmed(request.ExpectedAnswer),
        ExpectedDocument = Trimmed(request.ExpectedDocument),
    };

    public static FeedbackDto ToDto(this AnswerFeedback feedback) => new()
    {
        AnswerId = feedback.AnswerId,
        Verdict = feedback.Verdict,
        Reason = feedback.Reason,
        Comment = feedback.Comment,
        ExpectedAnswer = feedback.ExpectedAnswer,
        ExpectedDocument = feedback.ExpectedDocument,
        GivenBy = feedback.GivenBy,
        GivenAt = feedback.GivenAt,
    };

    public static GoldenCandidateDto ToDto(this GoldenCandidate candidate)
    {
        var feedback = candidate.Feedback;
        return new()
        {
            Id = $"feedback-{feedback.AnswerId:N}",
            Question = candidate.Question,
            Document = feedback.ExpectedDocument,
            MustContain = feedback.ExpectedAnswer is { Length: <= LongestLiteral } expected && !expected.Contains('\n', StringComparison.Ordinal) ? [expected] : [],
            Kind = $"feedback_{feedback.Reason}",
            Review = feedback.ExpectedDocument is null ? "Name the document that answers it, or null when none does, and remove this word." : null,
            Collection = candidate.Collection,
            Expected = feedback.ExpectedAnswer,
            Comment = feedback.Comment,
            Answer = candidate.Answer,
            Cited = candidate.Answer is null ? null : candidate.Cited,
            AnswerId = feedback.AnswerId,
            GivenAt = feedback.GivenAt,
        };
    }

    private static string? Trimmed(string? text) => text?.Trim() is { Length: > 0 } some ? some : null;
}
