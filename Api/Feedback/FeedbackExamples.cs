using AiApp.Api.OpenApi;
using AiApp.Contracts;

namespace AiApp.Api.Feedback;

internal static class FeedbackExamples
{
    public static FeedbackRequest Request { get; } = new()
    {
        Verdict = Verdicts.Bad,
        Reason = FeedbackReasons.OutOfDate,
        Comment = "That was the rule of last year.",
        ExpectedAnswer = "30 days",
        ExpectedDocument = "handbook/annual-leave-2026.md",
    };

    public static FeedbackDto Feedback { get; } = new()
    {
        AnswerId = Examples.Answer.Id,
        Verdict = Request.Verdict,
        Reason = Request.Reason,
        Comment = Request.Comment,
        ExpectedAnswer = Request.ExpectedAnswer,
        ExpectedDocument = Request.ExpectedDocument,
        GivenBy = "anna",
        GivenAt = new(2026, 3, 2, 9, 20, 0, TimeSpan.Zero),
    };

    public static GoldenCandidateDto Candidate { get; } = new()
    {
        Id = $"feedback-{Examples.Answer.Id:N}",
        Question = Examples.Answer.Question,
        Document = Request.ExpectedDocument,
        MustContain = ["30 days"],
        Kind = "feedback_out_of_date",
        Collection = "handbook",
        Expected = Request.ExpectedAnswer,
        Comment = Request.Comment,
        Answer = Examples.Answer.Text,
        Cited = [Examples.Passage.SourceUri],
        AnswerId = Examples.Answer.Id,
        GivenAt = Feedback.GivenAt,
    };
}
