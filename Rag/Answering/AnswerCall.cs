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

    /// <param name="request">Of what wrote it.</param>
    /// <param name="start">The timestamp at which the question was taken.</param>
    /// <param name="clock">Whose timestamps those are.</param>
    /// <param name="checks">Further calls that were made for it.</param>
    internal static AnswerCall? Of(ModelRequest? request, long start, TimeProvider clock, IReadOnlyList<ModelRequest>? checks = null)
    {
        if (request is null || request.Attempts is not [.., var last])
        {
            return null;
        }
        var told = request.Answered ?? last;
        return new()
        {
            Cost = request.Cost + (checks?.Sum(check => check.Cost) ?? 0),
            PriceVersion = told.PriceVersion,
            TokensAreEstimated = told.Tokens?.AreEstimated is true,
            Degraded = request.Degraded,
            Attempts = AttemptsOf((checks ?? []).Prepend(request), start, clock),
        };
    }

    internal static IReadOnlyList<AnswerAttempt> AttemptsOf(IEnumerable<ModelRequest> calls, long start, TimeProvider clock) =>
        [.. calls.SelectMany(call => call.Attempts.Select(attempt => ToAttempt(attempt, call.Step, start, clock)))];

    private static AnswerAttempt ToAttempt(ModelAttempt attempt, ModelStep step, long start, TimeProvider clock) => new(
        attempt.Provider, attempt.Model, attempt.Outcome ?? ModelFailureCodes.Canceled, Round(attempt.Duration), Round(attempt.FirstToken),
        attempt.Tokens?.Input, attempt.Tokens?.Output, attempt.Cost, Round(clock.GetElapsedTime(start, attempt.Began)))
    {
        Step = step is ModelStep.Repair or ModelStep.Judge ? step.Word() : null,
    };

    private static double? Round(TimeSpan? time) => time is { } value ? Math.Round(value.TotalMilliseconds, 2) : null;
}

/// <summary>Times are milliseconds, the beginning after that of the answer; the cost is nanodollars.</summary>
public sealed record AnswerAttempt(
    string Provider, string Model, string Outcome, double? DurationMs, double? FirstTokenMs, int? InputTokens, int? OutputTokens, long Cost, double? StartMs = null)
{
    /// <summary>What it was for besides writing the answer: "repair" or "judge"; null when it wrote.</summary>
    public string? Step { get; init; }
}
