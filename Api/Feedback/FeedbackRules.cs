using AiApp.Api.Http;
using AiApp.Api.Operations;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Feedback;

namespace AiApp.Api.Feedback;

/// <summary>What feedback must be like, and what may be asked for.</summary>
internal static class FeedbackRules
{
    private const int MaxLimit = 200;
    private const int DefaultLimit = 50;
    private static readonly TimeSpan DefaultRange = TimeSpan.FromDays(30);

    public static Problem? Check(FeedbackRequest request)
    {
        var isBad = request.Verdict == Verdicts.Bad;
        return request switch
        {
            _ when !Verdicts.All.Contains(request.Verdict) => OneOf("verdict", Verdicts.All),
            { Reason: null } when isBad => OneOf("reason", FeedbackReasons.All),
            { Reason: { } reason } when isBad && !FeedbackReasons.All.Contains(reason) => OneOf("reason", FeedbackReasons.All),
            { Reason: not null } when !isBad => OnlyWhenBad("reason"),
            { ExpectedAnswer: not null } when !isBad => OnlyWhenBad("expectedAnswer"),
            { ExpectedDocument: not null } when !isBad => OnlyWhenBad("expectedDocument"),
            _ => CheckText("comment", request.Comment) ?? CheckText("expectedAnswer", request.ExpectedAnswer)
                ?? CheckText("expectedDocument", request.ExpectedDocument),
        };
    }

    /// <summary>Without a range it is the last 30 days.</summary>
    public static (FeedbackQuery Query, Problem? Problem) Read(FeedbackFilter filter, string? cursor, int? limit, TimeProvider clock)
    {
        var end = filter.To ?? clock.GetUtcNow();
        var (range, wrong) = OperationsRules.Read(filter.From ?? (end - DateTimeOffset.MinValue > DefaultRange ? end - DefaultRange : null), end, clock);
        var query = new FeedbackQuery
        {
            From = range.From,
            To = range.To,
            Verdict = filter.Verdict,
            Reason = filter.Reason,
            Cursor = cursor,
            Limit = limit ?? DefaultLimit,
        };
        return (query, wrong ?? filter switch
        {
            _ when limit is < 1 or > MaxLimit => Problem.Invalid("limit", $"This must be between 1 and {MaxLimit}."),
            { Verdict: { } verdict } when !Verdicts.All.Contains(verdict) => OneOf("verdict", Verdicts.All),
            { Reason: { } reason } when !FeedbackReasons.All.Contains(reason) => OneOf("reason", FeedbackReasons.All),
            _ => null,
        });
    }

    private static Problem OneOf(string field, IEnumerable<string> words) => Problem.Invalid(field, $"This must be one of {string.Join(", ", words)}.");

    private static Problem OnlyWhenBad(string field) => Problem.Invalid(field, "This belongs to a bad verdict.");

    private static Problem? CheckText(string field, string? text) => text switch
    {
        { Length: > FeedbackRequest.MaxLength } => Problem.Invalid(field, $"This has at most {FeedbackRequest.MaxLength:N0} characters."),
        not null when !TextRules.IsStorable(text) => Problem.Invalid(field, "This holds a NUL character or half of a surrogate pair."),
        _ => null,
    };
}
