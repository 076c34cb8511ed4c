using System.Runtime.CompilerServices;
using AiApp.Rag.Access;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Agents;

/// <summary>The door to the agent: begins runs, shows them, and hears what people decide.</summary>
public sealed class AgentRuns
{
    private readonly AgentStore _store;
    private readonly AgentModel _model;
    private readonly AgentSignal _signal;
    private readonly AgentOptions _options;
    private readonly TimeProvider _clock;

    internal AgentRuns(AgentStore store, AgentModel model, AgentSignal signal, IOptions<AgentOptions> options, TimeProvider clock) =>
        (_store, _model, _signal, _options, _clock) = (store, model, signal, options.Value, clock);

    /// <summary>Null when no model of the configuration can call tools. The run goes on whether somebody watches it or not.</summary>
    public async Task<Guid?> StartAsync(Owner owner, string question, string? collection, AgentLimits limits, CancellationToken ct)
    {
        if (!_model.IsThere)
        {
            return null;
        }
        var id = await _store.AddAsync(new()
        {
            Tenant = owner.Tenant,
            Principals = owner.Principals,
            AskedBy = owner.User,
            ApiKey = owner.ApiKey,
            Question = question,
            Collection = collection,
            Limits = limits,
        }, _clock, ct);
        _signal.Work();
        return id;
    }

    public Task<AgentRun?> FindAsync(Owner owner, Guid id, CancellationToken ct) => _store.FindAsync(owner, id, ct);

    /// <summary>Newest first, without their steps.</summary>
    public Task<AgentRunPage> ListAsync(Owner owner, string? cursor, int limit, CancellationToken ct) =>
        _store.ListAsync(owner, cursor, limit, ct);

    /// <summary>The run as it stands, now and after each change, until it is over. Empty when it is absent.</summary>
    public async IAsyncEnumerable<AgentRun> WatchAsync(Owner owner, Guid id, [EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            var change = _signal.ChangeOf(id);
            if (await FindAsync(owner, id, ct) is not { } run)
            {
                yield break;
            }
            yield return run;
            if (run.IsOver)
            {
                _signal.Changed(id);
                yield break;
            }
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAny(change, Task.Delay(_options.Poll, _clock, pause.Token));
            await pause.CancelAsync();
            ct.ThrowIfCancellationRequested();
        }
    }

    /// <summary>False when that is not what waits for a decision.</summary>
    public async Task<bool> DecideAsync(Owner owner, Guid id, AgentDecision decision, CancellationToken ct)
    {
        var decided = await _store.DecideAsync(owner, id, decision, _options.Approval, ct);
        RagTelemetry.AgentApprovals.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Outcome, !decided ? "refused" : decision.Approve ? "approved" : "declined"));
        if (decided)
        {
            _signal.Changed(id);
            _signal.Work();
        }
        return decided;
    }

    /// <summary>False when it is over already, or absent.</summary>
    public async Task<bool> StopAsync(Owner owner, Guid id, CancellationToken ct)
    {
        var stopped = await _store.StopAsync(owner, id, ct);
        if (stopped)
        {
            RagTelemetry.AgentRuns.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Outcome, "stopped"));
            _signal.Stop(id);
        }
        return stopped;
    }
}
