using AiApp.Api.Auth;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Operations;

namespace AiApp.Api.Operations;

/// <summary>Who may look, and at what.</summary>
internal static class OperationsRules
{
    private const int MaxLimit = 200;
    private const int DefaultLimit = 50;
    private static readonly TimeSpan DefaultRange = TimeSpan.FromHours(24);
    private static readonly string[] Outcomes = [RequestOutcomes.Answered, RequestOutcomes.InsufficientContext, RequestOutcomes.Failed, RequestOutcomes.Canceled];

    public static Problem? CheckReader(Caller caller, OperationsOptions options) => options.MayRead(caller.Principals) ? null : new(ProblemCatalogue.Forbidden)
    {
        Detail = "How the service does is shown to some only: ask whoever runs it to name you or a group of yours in Operations:Readers.",
    };

    /// <summary>Without a range it is the last 24 hours.</summary>
    public static (TimeRange Range, Problem? Problem) Read(DateTimeOffset? from, DateTimeOffset? to, TimeProvider clock)
    {
        var end = to ?? clock.GetUtcNow();
        var begin = from ?? (end - DateTimeOffset.MinValue > DefaultRange ? end - DefaultRange : DateTimeOffset.MinValue);
        var range = new TimeRange(begin.ToUniversalTime(), end.ToUniversalTime());
        return range switch
        {
            _ when begin >= end => (range, Problem.Invalid("from", "This must be before 'to'.")),
            _ when end - begin > TimeRange.Longest => (range, Problem.Invalid("from", $"At most {TimeRange.Longest.TotalDays} days are looked at at once.")),
            // Postgres knows no year 1 of a time zone before UTC, and nothing was recorded then.
            _ when begin.Year < 2000 || end.Year > 2999 => (range, Problem.Invalid("from", "This must be between the years 2000 and 2999.")),
            _ => (range, null),
        };
    }

    public static (RequestQuery Query, Problem? Problem) Read(TimeRange range, RequestFilter filter, string? cursor, int? limit)
    {
        var query = new RequestQuery
        {
            Range = range,
            Outcome = filter.Outcome,
            ErrorCode = filter.Code,
            Model = filter.Model,
            AtLeastMs = filter.AtLeastMs,
            Cursor = cursor,
            Limit = limit ?? DefaultLimit,
        };
        return filter switch
        {
            _ when limit is < 1 or > MaxLimit => (query, Problem.Invalid("limit", $"This must be between 1 and {MaxLimit}.")),
            { Outcome: { } outcome } when !Outcomes.Contains(outcome) => (query, Problem.Invalid("outcome", $"This must be one of {string.Join(", ", Outcomes)}.")),
            { AtLeastMs: < 0 } => (query, Problem.Invalid("atLeastMs", "This must not be negative.")),
            _ => (query, null),
        };
    }
}
