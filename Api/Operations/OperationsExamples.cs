using AiApp.Contracts;

namespace AiApp.Api.Operations;

internal static class OperationsExamples
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 14, 0, TimeSpan.Zero);

    public static RequestDto Request { get; } = new()
    {
        Id = new("0195562e-4a00-7c1d-9e9c-0d6f0c3d7b11"),
        Kind = "question",
        At = At,
        Outcome = RequestOutcomes.Answered,
        Provider = "openai",
        Model = "gpt-4o-mini",
        PromptVersion = "answer.v1:1a2b3c4d",
        DurationMs = 1_284,
        CostDollars = 0.000512m,
        InputTokens = 2_104,
        OutputTokens = 96,
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        Question = "What is the daily meal allowance for travel inside Sweden?",
    };

    public static RequestDetailDto Detail { get; } = new()
    {
        Request = Request,
        Stages =
        [
            new() { Name = "lexical", StartMs = 1.2, DurationMs = 4.8 },
            new() { Name = "embed", StartMs = 1.3, DurationMs = 41.5 },
            new() { Name = "vector", StartMs = 42.9, DurationMs = 6.1 },
            new() { Name = "fetch", StartMs = 49.4, DurationMs = 2.2 },
            new() { Name = "write", StartMs = 52.3, DurationMs = 1_230.7 },
        ],
        Attempts =
        [
            new()
            {
                Provider = "openai", Model = "gpt-4o-mini", Outcome = "ok", StartMs = 52.9, DurationMs = 1_229.4, FirstTokenMs = 412.8, InputTokens = 2_104,
                OutputTokens = 96, CostDollars = 0.000512m,
            },
        ],
        Degraded = [],
        Passages = 6,
        Citations = 1,
        Calls =
        [
            new()
            {
                At = At, SettledAt = At.AddMilliseconds(1_281), Attempt = 1, Step = "answer", Provider = "openai", Model = "gpt-4o-mini",
                PriceVersion = "2026-01-01", PromptVersion = "answer.v1:1a2b3c4d", State = "settled", Outcome = "ok", ReservedDollars = 0.001912m,
                CostDollars = 0.000512m, InputTokens = 2_104, OutputTokens = 96, TokensAreEstimated = false,
            },
        ],
    };

    public static OperationsDto Summary { get; } = new()
    {
        From = At.AddHours(-24),
        To = At,
        SliceSeconds = 1_800,
        UsageSliceSeconds = 3_600,
        SampledOneIn = 1,
        DurationMs = new(1_284, 3_102, 4_870),
        Slices = [new() { At = At.AddMinutes(-14), Answered = 41, InsufficientContext = 3, Failed = 1, Canceled = 0, Degraded = 2, DurationMs = new(1_284, 3_102, 4_870) }],
        Stages = [new() { Name = "write", Count = 44, DurationMs = new(1_190, 2_987, 4_702) }],
        Usage =
        [
            new()
            {
                At = At.AddMinutes(-14), Step = "answer", Provider = "openai", Model = "gpt-4o-mini", PromptVersion = "answer.v1:1a2b3c4d", Calls = 44,
                InputTokens = 92_576, CachedInputTokens = 0, OutputTokens = 4_224, EstimatedCalls = 0, CostDollars = 0.016421m,
            },
        ],
        Errors =
        [
            new()
            {
                Code = ProblemCodes.ProviderTimeout, Step = "answer", Provider = "openai", Model = "gpt-4o-mini", Count = 2, FirstAt = At.AddHours(-3),
                LastAt = At.AddMinutes(-8), RequestId = Request.Id,
            },
        ],
        Models =
        [
            new() { Service = "AiApp.Api", Host = "api-7d9c", Kind = "chat", Provider = "openai", Model = "gpt-4o-mini", Breaker = BreakerStates.Closed, FailuresInARow = 0, ReportedAt = At },
        ],
    };
}
