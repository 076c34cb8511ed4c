using AiApp.Rag.Gateway.Resilience;
using AiApp.Rag.Gateway.Usage.Tokens;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Usage;

/// <summary>The meter of one model's calls.</summary>
internal sealed class CallMeter(
    string provider, string model, PriceTable prices, TokenCounter counter, IUsageLedger ledger, HedgeBudget hedges, TimeSpan grace, TimeProvider clock)
{
    public Task<MeteredCall> BeginAsync(IReadOnlyList<ChatMessage> prompt, ChatOptions options, CancellationToken ct) =>
        BeginAsync(options.Request(), options.Attempt(), PromptSize.Of(prompt, options), options.MaxOutputTokens ?? 0, options.TimeLeft(), ct);

    public async Task<MeteredCall> BeginAsync(
        ModelRequest request, ModelAttempt? attempt, PromptSize prompt, int outputTokens, TimeSpan timeLeft, CancellationToken ct)
    {
        var today = prices.Now(clock);
        var reservation = new Reservation
        {
            Id = Guid.CreateVersion7(),
            Request = request,
            Attempt = attempt?.Number ?? 1,
            Provider = provider,
            Model = model,
            Prices = today,
            AtMost = today.Of(new(counter.AtMost(prompt), outputTokens)),
            Lease = (timeLeft == TimeSpan.MaxValue ? TimeSpan.Zero : timeLeft) + grace,
        };
        attempt?.IsReserving = true;
        await ledger.ReserveAsync(reservation, ct);
        attempt?.IsReserving = false;
        return new(this, reservation, attempt, prompt);
    }

    private TokenCounter Counter => counter;

    private void End(Settlement settlement, ModelAttempt? attempt)
    {
        if (attempt is not null)
        {
            (attempt.Tokens, attempt.Cost, attempt.PriceVersion) = (settlement.Tokens, settlement.Cost, settlement.Reservation.Prices.Version);
        }
        hedges.Spent(settlement.Cost);
        ledger.Settle(settlement);
        RagTelemetry.ModelCost.Add(settlement.Cost / 1e9,
            new KeyValuePair<string, object?>(RagTelemetry.Provider, provider),
            new KeyValuePair<string, object?>(RagTelemetry.Model, model),
            new KeyValuePair<string, object?>(RagTelemetry.Step, settlement.Reservation.Request.Step.Word()),
            new KeyValuePair<string, object?>(RagTelemetry.PromptVersion, settlement.Reservation.Request.PromptVersion),
            new KeyValuePair<string, object?>(RagTelemetry.Tenant, settlement.Reservation.Request.Tenant.Value));
    }

    /// <summary>A call that was reserved; settles once, at the latest when it is disposed.</summary>
    internal sealed class MeteredCall(CallMeter meter, Reservation reservation, ModelAttempt? attempt, PromptSize prompt) : IDisposable
    {
        private UsageDetails? _told;
        private readonly List<string> _written = [];

        /// <summary>Null until it is settled.</summary>
        public string? Outcome { get; private set; }

        public void Used(UsageDetails? usage) => _told = usage ?? _told;

        /// <summary>Kept and not counted: as a rule the provider says at the end how much it was.</summary>
        public void Wrote(string text) => _written.Add(text);

        public void End(string outcome)
        {
            if (Outcome is not null)
            {
                return;
            }
            Outcome = outcome;
            var tokens = Count(outcome);
            meter.End(new(reservation, outcome, tokens, reservation.Prices.Of(tokens)), attempt);
        }

        public void Dispose() => End(ModelFailureCodes.Canceled);

        /// <summary>
        /// As the provider says. Where it does not: an answer that broke off is charged for its prompt and for what has come; one that
        /// never began, and was not canceled, for nothing.
        /// </summary>
        private TokenCounts Count(string outcome)
        {
            if (_told is { InputTokenCount: { } input, OutputTokenCount: { } output })
            {
                return new((int)input, (int)output, (int)(_told.CachedInputTokenCount ?? 0));
            }
            var neverBegan = _written.TrueForAll(text => text.Length == 0) && outcome is not (ModelFailureCodes.Ok or ModelFailureCodes.Canceled or ModelFailureCodes.BadOutput or ModelFailureCodes.Timeout);
            return neverBegan && _told is null
                ? new(0, 0) { AreEstimated = true }
                : new(
                    (int)(_told?.InputTokenCount ?? meter.Counter.Likely(prompt)),
                    (int)(_told?.OutputTokenCount ?? meter.Counter.Likely(string.Concat(_written)))) { AreEstimated = true };
        }
    }
}
