using AiApp.Rag.Answering;
using AiApp.Rag.Gateway;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AiApp.Rag.Caching.Shadows;

/// <summary>Writes anew what was given again, one at a time, and records whether the two say the same.</summary>
internal sealed partial class ShadowWriter(ShadowQueue queue, AnswerPipeline pipeline, ShadowStore store, ILogger<ShadowWriter> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var shadow in queue.Reader.ReadAllAsync(stoppingToken))
            {
                var result = await WriteAsync(shadow, stoppingToken);
                RagTelemetry.CacheShadows.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Result, result));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What waits is a sample, and nobody waits for it.
        }
    }

    private async Task<string> WriteAsync(Shadow shadow, CancellationToken ct)
    {
        try
        {
            var anew = await pipeline.CompleteAsync(shadow.Question, ct);
            var isSame = ShadowVerdict.AreSame(shadow.Given, anew);
            await store.AddAsync(shadow, anew, isSame, ct);
            return isSame ? "same" : "different";
        }
        // Nobody waits for it: whatever is wrong makes the sample smaller, and must not end the process that answers people. Only its own end does.
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            var isOfOthers = failure is ModelProviderException or QuotaExceededException or NpgsqlException or TimeoutException;
            NotWritten(isOfOthers ? LogLevel.Information : LogLevel.Error, failure);
            return "failed";
        }
    }

    [LoggerMessage(Message = "An answer given again could not be written anew to compare the two")]
    private partial void NotWritten(LogLevel level, Exception failure);
}
