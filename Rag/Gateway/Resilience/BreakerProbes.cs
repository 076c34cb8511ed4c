using AiApp.Rag.Gateway.Routing;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Resilience;

/// <summary>
/// Asks a model that is left alone for one token, beside the requests that others answer meanwhile: none of them waits for a provider
/// that is probably still down.
/// </summary>
internal sealed class BreakerProbes(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly ChatMessage[] Ping = [new(ChatRole.User, "ping")];

    private readonly CancellationTokenSource _ended = new();

    /// <summary>When the next one is due; does not wait for it.</summary>
    public void Start(ModelCandidate candidate, TenantId tenant)
    {
        if (candidate.Breaker.TryProbe())
        {
            _ = ProbeAsync(candidate, tenant);
        }
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    private async Task ProbeAsync(ModelCandidate candidate, TenantId tenant)
    {
        // It goes on beside the request that set it off.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _ended.Token);
        var request = new ModelRequest { Step = ModelStep.Probe, Tenant = tenant };
        var options = new ChatOptions { MaxOutputTokens = 1 }.With(ModelRequest.OptionsKey, request);
        using var attempt = RunningAttempt.Begin(request, candidate, most: 1, clock, either.Token)!;
        try
        {
            await candidate.Client.GetResponseAsync(Ping, options.With(ModelAttempt.OptionsKey, attempt.Attempt), attempt.Token);
            attempt.End(ModelFailureCodes.Ok);
        }
#pragma warning disable CA1031 // How it ended is known to the breaker and told by the attempt; nobody else asked for it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (attempt.Attempt.IsReserving)
            {
                attempt.Withdraw();
                return;
            }
            attempt.End(ModelFailureCodes.Of(failure));
        }
    }
}
