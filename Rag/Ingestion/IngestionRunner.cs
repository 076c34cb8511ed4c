using AiApp.Rag.Jobs;
using AiApp.Rag.Storage;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Logging;

namespace AiApp.Rag.Ingestion;

/// <summary>Runs a claimed job and settles it with the queue, whatever happens to it.</summary>
public sealed partial class IngestionRunner
{
    private static readonly TimeSpan SettleWithin = TimeSpan.FromSeconds(5);

    private readonly IngestionPipeline _pipeline;
    private readonly JobQueue _queue;
    private readonly TimeProvider _clock;
    private readonly ILogger<IngestionRunner> _logger;

    internal IngestionRunner(IngestionPipeline pipeline, JobQueue queue, TimeProvider clock, ILogger<IngestionRunner> logger) =>
        (_pipeline, _queue, _clock, _logger) = (pipeline, queue, clock, logger);

    /// <summary><paramref name="leaseLost"/> abandons the job: it is no longer ours. <paramref name="ct"/> stops it and gives it back at once.</summary>
    public async Task RunAsync(Job job, CancellationToken leaseLost, CancellationToken ct)
    {
        using var activity = RagTelemetry.Source.StartActivity("aiapp.ingest");
        using var either = CancellationTokenSource.CreateLinkedTokenSource(leaseLost, ct);
        try
        {
            await SettleAsync(job, await _pipeline.RunAsync(job, either.Token), ct);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            if (!leaseLost.IsCancellationRequested)
            {
                using var brief = new CancellationTokenSource(SettleWithin);
                await _queue.ReleaseAsync(job, brief.Token);
                Released(job.DocumentId);
            }
        }
#pragma warning disable CA1031 // Whatever a document sets off, it must not stop the worker; the kind of failure is recorded.
        catch (Exception failure) when (!either.IsCancellationRequested)
#pragma warning restore CA1031
        {
            await SettleAsync(job, failure, either.Token);
        }
    }

    private async Task SettleAsync(Job job, IngestionOutcome outcome, CancellationToken ct)
    {
        switch (outcome)
        {
            case IngestionOutcome.Published published:
                JobQueue.Count("completed");
                Published(job.DocumentId, published.Chunks);
                break;
            case IngestionOutcome.Refused refused:
                await _queue.DiscardAsync(job, refused.Failure, ct);
                Refused(job.DocumentId, refused.Failure.Code);
                break;
            case IngestionOutcome.ParserCrashed:
                await _queue.CrashAsync(job, ct);
                ParserCrashed(job.DocumentId);
                break;
            case IngestionOutcome.LeaseLost:
                LeaseLost(job.DocumentId);
                break;
        }
    }

    private async Task SettleAsync(Job job, Exception failure, CancellationToken ct)
    {
        if (Outage.CodeOf(failure) is { } code)
        {
            Interrupted(job.DocumentId, code, failure.GetType().Name);
            // Until the database takes it: a job left behind would be rescued as if its worker had crashed.
            await Outlast.OutagesAsync(() => _queue.PostponeAsync(job, code, ct), _clock, _logger, ct);
            return;
        }

        Failed(job.DocumentId, job.Attempt, job.MaxAttempts, failure.GetType().Name, failure.StackTrace);
        var reason = failure is Embedding.EmbeddingOutputException
            ? new JobFailure(FailureCodes.ProviderBadOutput, failure.Message)
            : new JobFailure(FailureCodes.Internal, "The document could not be ingested. The service's log says more.");
        await _queue.RetryAsync(job, reason, ct);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Published document {DocumentId} with {ChunkCount} chunks")]
    private partial void Published(Guid documentId, int chunkCount);

    [LoggerMessage(Level = LogLevel.Information, Message = "Refused document {DocumentId}: {Code}")]
    private partial void Refused(Guid documentId, string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A parser process ended while it read document {DocumentId}")]
    private partial void ParserCrashed(Guid documentId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Abandoned document {DocumentId}: the lease is lost")]
    private partial void LeaseLost(Guid documentId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Gave document {DocumentId} back unfinished")]
    private partial void Released(Guid documentId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Document {DocumentId} waits for the end of an outage: {Code} ({Error})")]
    private partial void Interrupted(Guid documentId, string code, string error);

    // Neither the exception nor its message: both may quote the document.
    [LoggerMessage(Level = LogLevel.Error, Message = "Document {DocumentId} failed in attempt {Attempt} of {MaxAttempts}: {Error}\n{Trace}")]
    private partial void Failed(Guid documentId, int attempt, int maxAttempts, string error, string? trace);
}
