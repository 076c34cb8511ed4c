using AiApp.Rag.Ingestion;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Agents;

/// <summary>Takes up runs: new ones, those that somebody has decided about, and those whose process has fallen silent.</summary>
internal sealed partial class AgentWorker(
    AgentQueue queue, AgentLoop loop, AgentSignal signal, IOptions<AgentOptions> options, TimeProvider clock, ILogger<AgentWorker> logger)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _leaving = new();

    /// <summary>Nothing more is taken up. What is under way goes on until the process has answered its last request.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => _leaving.CancelAsync();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Dispose()
    {
        _leaving.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var running = new List<Task>();
        using var claiming = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, _leaving.Token);
        try
        {
            while (true)
            {
                claiming.Token.ThrowIfCancellationRequested();
                running.RemoveAll(work => work.IsCompleted);
                if (running.Count >= options.Value.Places)
                {
                    await Task.WhenAny(running).WaitAsync(claiming.Token);
                }
                else if (await ClaimAsync() is { } run)
                {
                    running.Add(WorkAsync(run, stoppingToken));
                }
                else
                {
                    await signal.WaitForWorkAsync(options.Value.Poll, claiming.Token);
                }
            }
        }
        catch (OperationCanceledException) when (claiming.IsCancellationRequested)
        {
            await Task.WhenAll(running).WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // The process ends. Whatever it still works on gives itself back.
            using var bounded = new CancellationTokenSource(LeaveWithin, clock);
            await Task.WhenAll(running).WaitAsync(bounded.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Never broken off: a claim that was made all the same would be held by nobody until its lease ends.</summary>
    private async Task<HeldRun?> ClaimAsync()
    {
        try
        {
            return await queue.ClaimAsync(CancellationToken.None);
        }
        catch (Exception outage) when (Outage.CodeOf(outage) is { } code)
        {
            NotClaimed(code);
            return null;
        }
    }

    private async Task WorkAsync(HeldRun run, CancellationToken stopping)
    {
        using var work = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        signal.Hold(run.Id, work);
        using var over = new CancellationTokenSource();
        var renewing = RenewAsync(run, work, over.Token);
        try
        {
            await loop.RunAsync(run, work.Token);
        }
        catch (RunLostException)
        {
            // Stopped, or another process has it.
        }
        catch (OperationCanceledException) when (work.IsCancellationRequested)
        {
            await ReleaseAsync(run);
        }
        catch (Exception outage) when (Outage.CodeOf(outage) is { } code)
        {
            // The lease runs out, and the run goes on where it stands.
            Interrupted(code);
        }
#pragma warning disable CA1031 // A bug in one run ends that run: it would be taken up and fail again for ever.
        catch (Exception bug)
        {
            Failed(bug);
            await FailAsync(run);
        }
#pragma warning restore CA1031
        finally
        {
            signal.LetGo(run.Id);
            await over.CancelAsync();
            await renewing;
            signal.Changed(run.Id);
        }
    }

    private async Task RenewAsync(HeldRun run, CancellationTokenSource work, CancellationToken over)
    {
        using var timer = new PeriodicTimer(options.Value.Lease / 4, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                try
                {
                    await queue.RenewAsync(run, over);
                }
                catch (Exception outage) when (!over.IsCancellationRequested && Outage.CodeOf(outage) is { } code)
                {
                    Interrupted(code);
                }
            }
        }
        catch (RunLostException)
        {
            if (!over.IsCancellationRequested)
            {
                await work.CancelAsync();
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The work is done.
        }
    }

    private async Task ReleaseAsync(HeldRun run)
    {
        using var bounded = new CancellationTokenSource(LeaveWithin, clock);
        try
        {
            await queue.ReleaseAsync(run, bounded.Token);
        }
        catch (Exception outage) when (outage is OperationCanceledException || Outage.CodeOf(outage) is not null)
        {
            // The lease runs out.
        }
    }

    private async Task FailAsync(HeldRun run)
    {
        using var bounded = new CancellationTokenSource(LeaveWithin, clock);
        try
        {
            await queue.FailAsync(run, AgentFailures.Internal, bounded.Token);
            RagTelemetry.AgentRuns.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Outcome, AgentFailures.Internal));
        }
        catch (Exception lost) when (lost is RunLostException or OperationCanceledException || Outage.CodeOf(lost) is not null)
        {
            // Somebody else's, or nobody can be told.
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "No run of the agent could be taken up: {Code}")]
    private partial void NotClaimed(string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A run of the agent was interrupted: {Code}")]
    private partial void Interrupted(string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "A run of the agent failed")]
    private partial void Failed(Exception exception);
}
