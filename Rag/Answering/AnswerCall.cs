using AiApp.Rag.Gateway;

namespace AiApp.Rag.Answering;

/// <summary>How the model call of an answer went, and what it has cost in nanodollars.</summary>
public sealed record AnswerCall
{
    public required long Cost { get; init; }
    public string? PriceVersion { get; init; }
    public bool TokensAreEstimated { get; init; }

    /// <summary>Words of <see cref="Degradation"/>.</summary>
    public required IReadOnlyList<string> Degraded { get; init; }
    public required IReadOnlyList<AnswerAttempt> Attempts { get; init; }

    /// <summary><paramref name="start"/>: the timestamp at which the question was taken.</summary>
    internal static AnswerCall? Of(ModelRequest? request, long start, TimeProvider clock)
    {
        if (request is null || request.Attempts is not [.., var last] attempts)
        {
            return null;
        }
        var told = request.Answered ?? last;
        return new()
        {
            Cost = request.Cost,
            PriceVersion = told.PriceVersion,
            TokensAreEstimated = told.Tokens?.AreEstimated is true,
            Degraded = request.Degraded,
            Attempts = [.. attempts.Select(attempt => new AnswerAttempt(
                attempt.Provider, attempt.Model, attempt.Outcome ?? ModelFailureCodes.Canceled, Round(attempt.Duration), Round(attempt.FirstToken),
                attempt.Tokens?.Input, attempt.Tokens?.Output, attempt.Cost, Round(clock.GetElapsedTime(start, attempt.Began))))],
        };
    }

    private static double? Round(TimeSpan? time) => time is { } value ? Math.Round(value.TotalMilliseconds, 2) : null;
}

/// <summary>Times are milliseconds, the beginning after that of the answer; the cost is nanodollars.</summary>
public sealed record AnswerAttempt(
    string Provider, string Model, string Outcome, double? DurationMs, double? FirstTokenMs, int? InputTokens, int? OutputTokens, long Cost, double? StartMs = null);
