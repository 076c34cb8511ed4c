using AiApp.Api.Answers;
using AiApp.Api.Budgets;
using AiApp.Api.Feedback;
using AiApp.Api.Search;
using AiApp.Contracts;
using AiApp.Rag.Gateway.Resilience;
using AiApp.Rag.Operations;

namespace AiApp.Api.Operations;

internal static class OperationsMapping
{
    public static OperationsDto ToDto(this OperationsSummary summary) => new()
    {
        From = summary.Range.From,
        To = summary.Range.To,
        SliceSeconds = (int)summary.Range.Slice.TotalSeconds,
        UsageSliceSeconds = (int)summary.Range.UsageSlice.TotalSeconds,
        SampledOneIn = summary.SampledOneIn,
        DurationMs = summary.Duration?.ToDto(),
        Slices = [.. summary.Slices.Select(ToDto)],
        Stages = [.. summary.Stages.Select(stage => new StageDurationsDto { Name = stage.Stage, Count = stage.Count, DurationMs = stage.Duration.ToDto() })],
        Usage = [.. summary.Usage.Select(ToDto)],
        Errors = [.. summary.Errors.Select(ToDto)],
        Models = [.. summary.Models.Select(ToDto)],
    };

    public static RequestDetailDto ToDto(this RequestDetail detail) => new()
    {
        Request = detail.Request.ToDto(),
        Stages = [.. detail.Stages.Select(stage => stage.ToDto())],
        Attempts = [.. detail.Call?.Attempts.Select(AnswerMapping.ToDto) ?? []],
        Degraded = detail.Call?.Degraded ?? [],
        Passages = detail.Passages,
        Citations = detail.Citations,
        Feedback = detail.Feedback?.ToDto(),
        Calls = [.. detail.Calls.Select(ToDto)],
    };

    public static RequestDto ToDto(this RequestRecord request) => new()
    {
        Id = request.Id,
        Kind = request.Kind,
        At = request.At,
        Outcome = request.Outcome,
        ErrorCode = request.ErrorCode,
        Provider = request.Provider,
        Model = request.Model,
        PromptVersion = request.PromptVersion,
        DurationMs = request.DurationMs,
        CostDollars = Money.ToDollars(request.Cost),
        IsDegraded = request.IsDegraded,
        InputTokens = request.InputTokens,
        OutputTokens = request.OutputTokens,
        TraceId = request.TraceId,
        Question = request.Question,
    };

    private static PercentilesDto ToDto(this Percentiles percentiles) => new(percentiles.P50, percentiles.P95, percentiles.P99);

    private static TimeSliceDto ToDto(TimeSlice slice) => new()
    {
        At = slice.At,
        Answered = slice.Answered,
        InsufficientContext = slice.InsufficientContext,
        Failed = slice.Failed,
        Canceled = slice.Canceled,
        Degraded = slice.Degraded,
        DurationMs = slice.Duration?.ToDto(),
    };

    private static ModelUsageDto ToDto(ModelUsage usage) => new()
    {
        At = usage.At,
        Step = usage.Step,
        Provider = usage.Provider,
        Model = usage.Model,
        PromptVersion = usage.PromptVersion,
        Calls = usage.Calls,
        InputTokens = usage.InputTokens,
        CachedInputTokens = usage.CachedInputTokens,
        OutputTokens = usage.OutputTokens,
        EstimatedCalls = usage.EstimatedCalls,
        CostDollars = Money.ToDollars(usage.Cost),
    };

    private static ErrorGroupDto ToDto(ErrorGroup error) => new()
    {
        Code = error.Code,
        Step = error.Step,
        Provider = error.Provider,
        Model = error.Model,
        Count = error.Count,
        FirstAt = error.FirstAt,
        LastAt = error.LastAt,
        RequestId = error.RequestId,
    };

    private static ModelHealthDto ToDto(ReportedModel model) => new()
    {
        Service = model.Service,
        Host = model.Host,
        Kind = model.Kind,
        Provider = model.Provider,
        Model = model.Model,
        Breaker = model.Breaker,
        Since = model.Since,
        FailuresInARow = model.FailuresInARow,
        LastFailure = model.LastFailure,
        LastFailureAt = model.LastFailureAt,
        ProbeAt = model.ProbeAt,
        ReportedAt = model.ReportedAt,
    };

    private static LedgerCallDto ToDto(LedgerCall call) => new()
    {
        At = call.At,
        SettledAt = call.SettledAt,
        Attempt = call.Attempt,
        Step = call.Step,
        Provider = call.Provider,
        Model = call.Model,
        PriceVersion = call.PriceVersion,
        PromptVersion = call.PromptVersion,
        State = call.State,
        Outcome = call.Outcome,
        ReservedDollars = Money.ToDollars(call.ReservedCost),
        CostDollars = Money.ToDollars(call.Cost),
        InputTokens = call.InputTokens,
        OutputTokens = call.OutputTokens,
        TokensAreEstimated = call.TokensAreEstimated,
    };
}
