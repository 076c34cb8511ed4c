using AiApp.Rag.Ingestion;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Gateway.Resilience;

/// <summary>
/// Tells the others how this process finds its models: at once when a breaker opens or closes, else now and then, so that a process
/// which has died is seen to be silent.
/// </summary>
internal sealed partial class ModelHealthReporter(
    ModelHealth health, ModelHealthStore store, IHostEnvironment environment, IOptions<GatewayOptions> options, TimeProvider clock,
    ILogger<ModelHealthReporter> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RenewEvery = ModelHealthStore.Counts / 4;

    private readonly Guid _process = Guid.CreateVersion7();
    private IReadOnlyList<WatchedModel> _told = [];
    private long _toldAt;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_told.Count == 0)
        {
            return;
        }
        using var bounded = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.LeaveSeconds), clock);
        try
        {
            await store.LeaveAsync(_process, bounded.Token);
        }
        catch (Exception outage) when (outage is OperationCanceledException || Outage.CodeOf(outage) is not null)
        {
            // It is seen to be silent a minute from now.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TellAsync([.. health.All], stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task TellAsync(IReadOnlyList<WatchedModel> models, CancellationToken ct)
    {
        if (models.Count == 0 || (clock.GetElapsedTime(_toldAt) < RenewEvery && models.SequenceEqual(_told)))
        {
            return;
        }
        try
        {
            await store.ReportAsync(_process, environment.ApplicationName, Environment.MachineName, models, ct);
            (_told, _toldAt) = (models, clock.GetTimestamp());
        }
        catch (Exception outage) when (Outage.CodeOf(outage) is { } code)
        {
            NotTold(code);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "How the models are could not be told: {Code}")]
    private partial void NotTold(string code);
}
