using AiApp.Rag.Gateway.Resilience;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Usage;

/// <summary>The meter of one model's calls.</summary>
internal sealed class CallMeter(string provider, string model, PriceTable prices, IUsageLedger ledger, HedgeBudget hedges, TimeSpan grace, TimeProvider clock)
{
    public async Task<MeteredCall> BeginAsync(IReadOnlyList<ChatMessage> prompt, ChatOptions options, CancellationToken ct)
    {
        var most = new TokenCounts(TokenCount.AtMost(prompt, options), options.MaxOutputTokens ?? 0);
        return await BeginAsync(options.Request(), options.Attempt(), most, options.TimeLeft(), ct);
    }

    public async Task<MeteredCall> BeginAsync(ModelRequest request, ModelAttempt? attempt, TokenCounts most, TimeSpan timeLeft, CancellationToken ct)
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
            AtMost = today.Of(most),
            Lease = (timeLeft == TimeSpan.MaxValue ? TimeSpan.Zero : timeLeft) + grace,
        };
        attempt?.IsReserving = true;
        await ledger.ReserveAsync(reservation, ct);
        attempt?.IsReserving = false;
        return new(this, reservation, attempt, most.Input);
    }

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
    internal sealed class MeteredCall(CallMeter meter, Reservation reservation, ModelAttempt? attempt, int promptBytes) : IDisposable
    {
        private UsageDetails? _told;
        private int _written;

        /// <summary>Null until it is settled.</summary>
        public string? Outcome { get; private set; }

        public void Used(UsageDetails? usage) => _told = usage ?? _told;

        public void Wrote(int bytes) => _written += bytes;

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
            var neverBegan = _written == 0 && outcome is not (ModelFailureCodes.Ok or ModelFailureCodes.Canceled or ModelFailureCodes.BadOutput or ModelFailureCodes.Timeout);
            return neverBegan
                ? new(0, 0) { AreEstimated = true }
                : new(TokenCount.Estimate(promptBytes), TokenCount.Estimate(_written)) { AreEstimated = true };
        }
    }
}
