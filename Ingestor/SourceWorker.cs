using AiApp.Rag.Sources;
using AiApp.Rag.Sources.Folder;
using Microsoft.Extensions.Options;

namespace AiApp.Ingestor;

/// <summary>Runs sources that are due, and watches folders. Every process runs one; a lease keeps two from running the same source.</summary>
internal sealed partial class SourceWorker(
    SourceRunner runner, FolderWatch watch, IOptions<SourcesOptions> options, TimeProvider clock, ILogger<SourceWorker> logger) : BackgroundService
{
    private readonly WorkSignal _wake = new(clock);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        [watch.RunAsync(_wake.Call, stoppingToken), .. Enumerable.Range(0, options.Value.Concurrency).Select(_ => WorkAsync(stoppingToken))]);

    private async Task WorkAsync(CancellationToken ct)
    {
        while (true)
        {
            if (!await RunNextAsync(ct))
            {
                await _wake.WaitAsync(TimeSpan.FromMilliseconds(options.Value.PollMs), ct);
            }
        }
    }

    private async Task<bool> RunNextAsync(CancellationToken ct)
    {
        try
        {
            return await runner.RunNextAsync(ct);
        }
#pragma warning disable CA1031 // A run that could not even be settled is taken up again when its lease ends; this place goes on.
        catch (Exception failure) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            NotSettled(failure.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A run of a source could not be settled ({Error}): it is taken up again when its lease ends")]
    private partial void NotSettled(string error);
}
