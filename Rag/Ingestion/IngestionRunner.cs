using AiApp.Rag.Documents;
using AiApp.Rag.Gateway;
using AiApp.Rag.Jobs;
using AiApp.Rag.Storage;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AiApp.Rag.Ingestion;

/// <summary>Runs claimed jobs and settles each with the queue, whatever happens to it.</summary>
public sealed partial class IngestionRunner
{
    // Chunks that are embedded and published together: what one call of a model takes. See Benchmarks ingestion.
    private const int GroupChunks = 64;

    private readonly IngestionPipeline _pipeline;
    private readonly IngestionStore _store;
    private readonly JobQueue _queue;
    private readonly IngestionOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<IngestionRunner> _logger;

    internal IngestionRunner(
        IngestionPipeline pipeline, IngestionStore store, JobQueue queue, IOptions<IngestionOptions> options, TimeProvider clock, ILogger<IngestionRunner> logger) =>
        (_pipeline, _store, _queue, _options, _clock, _logger) = (pipeline, store, queue, options.Value, clock, logger);

    /// <summary><paramref name="leaseLost"/> abandons the job: it is no longer ours. <paramref name="ct"/> stops it and gives it back at once.</summary>
    public Task RunAsync(Job job, CancellationToken leaseLost, CancellationToken ct) => RunAsync([new HeldJob(job, leaseLost)], ct);

    /// <summary>
    /// Reads one document after the other; small ones of a tenant are embedded and published together. <paramref name="ct"/> stops all
    /// of them and gives them back.
    /// </summary>
    public async Task RunAsync(IReadOnlyList<HeldJob> jobs, CancellationToken ct)
    {
        foreach (var tenant in jobs.GroupBy(held => held.Job.Tenant))
        {
            var waiting = new Queue<HeldJob>(tenant);
            while (waiting.Count > 0)
            {
                await RunGroupAsync(waiting, ct);
            }
        }
    }

    private async Task RunGroupAsync(Queue<HeldJob> waiting, CancellationToken ct)
    {
        await using var progress = new StageProgress(_store, _clock);
        var group = new List<ReadVersion>();
        var slow = new List<Task>();
        for (var chunks = 0; chunks < GroupChunks && waiting.TryDequeue(out var held);)
        {
            var reading = ReadAsync(held, progress, ct);
            if (!await reading.EndsWithinAsync(_options.Read, _clock))
            {
                slow.Add(PublishAloneAsync(held.Job, reading, ct));
                continue;
            }
            if (await reading is not { } version)
            {
                continue;
            }
            if (version.Chunks.Count >= GroupChunks)
            {
                await PublishAloneAsync(held.Job, reading, ct);
                continue;
            }
            group.Add(version);
            chunks += version.Chunks.Count;
        }
        if (group.Count > 0)
        {
            await PublishAsync(group, progress, ct);
        }
        await Task.WhenAll(slow);
    }

    /// <summary>The others do not wait for a document that is slow or large, and it can be stopped without them.</summary>
    private async Task PublishAloneAsync(Job job, Task<ReadVersion?> reading, CancellationToken ct)
    {
        await using var progress = new StageProgress(_store, _clock);
        progress.Enter(job, DocumentStage.Reading);
        if (await reading is { } version)
        {
            await PublishAsync([version], progress, ct);
        }
    }

    /// <summary>Null when the job ended here.</summary>
    private async Task<ReadVersion?> ReadAsync(HeldJob held, StageProgress progress, CancellationToken ct)
    {
        using var activity = RagTelemetry.Source.StartActivity("aiapp.ingest");
        ReadVersion? version = null;
        await HandleAsync([held], async token => version = await SettleAsync(held.Job, await _pipeline.ReadAsync(held, progress, token), progress, ct), progress, ct);
        return version;
    }

    private async Task PublishAsync(List<ReadVersion> group, StageProgress progress, CancellationToken ct)
    {
        var separate = false;
        await HandleAsync([.. group.Select(version => version.Held)], async token =>
        {
            try
            {
                Settle(group, await _pipeline.PublishAsync(group, progress, token));
            }
#pragma warning disable CA1031 // One of them is at fault: each is tried alone then, and fails alone.
            catch (Exception failure) when (group.Count > 1 && !token.IsCancellationRequested && Outage.CodeOf(failure) is null)
#pragma warning restore CA1031
            {
                Separated(group.Count, failure.GetType().Name);
                separate = true;
            }
        }, progress, ct, group);
        foreach (var version in separate ? group : [])
        {
            await PublishAsync([version], progress, ct);
        }
    }

    /// <summary>
    /// Stops when every lease is lost; until then the jobs go on for the others' sake. <paramref name="read"/> is what the next attempt
    /// need not read again.
    /// </summary>
    private async Task HandleAsync(
        IReadOnlyList<HeldJob> jobs, Func<CancellationToken, Task> run, StageProgress progress, CancellationToken ct, IReadOnlyList<ReadVersion>? read = null)
    {
        using var lost = new LeasesLost(jobs);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lost.Token, ct);
        try
        {
            await run(either.Token);
        }
#pragma warning disable CA1031 // What is stopped in the middle may end with any exception, such as that of a pipe that has closed.
        catch (Exception) when (either.IsCancellationRequested)
#pragma warning restore CA1031
        {
            await Task.WhenAll(jobs.Where(held => !held.LeaseLost.IsCancellationRequested).Select(held => ReleaseAsync(progress.Of(held.Job), Of(held, read))));
        }
#pragma warning disable CA1031 // Whatever a document sets off, it must not stop the worker; the kind of failure is recorded.
        catch (Exception failure) when (!either.IsCancellationRequested)
#pragma warning restore CA1031
        {
            await Task.WhenAll(jobs.Select(held => SettleAsync(progress.Of(held.Job), Of(held, read), failure, either.Token)));
        }
    }

    private static ReadVersion? Of(HeldJob held, IReadOnlyList<ReadVersion>? read) => read?.FirstOrDefault(version => version.Job.Id == held.Job.Id);

    private async Task ReleaseAsync(Job job, ReadVersion? read)
    {
        using var brief = new CancellationTokenSource(_options.Release);
        await KeepAsync(read, brief.Token);
        await _queue.ReleaseAsync(job, brief.Token);
        Released(job.DocumentId);
    }

    private void Settle(List<ReadVersion> group, IReadOnlyList<ReadVersion> published)
    {
        foreach (var version in published)
        {
            JobQueue.Count("completed");
            Published(version.Job.DocumentId, version.Chunks.Count);
        }
        foreach (var lost in group.ExceptBy(published.Select(version => version.Job.Id), version => version.Job.Id))
        {
            LeaseLost(lost.Job.DocumentId);
        }
    }

    private async Task<ReadVersion?> SettleAsync(Job job, IngestionOutcome outcome, StageProgress progress, CancellationToken ct)
    {
        switch (outcome)
        {
            case IngestionOutcome.Read read:
                return read.Version;
            case IngestionOutcome.Refused refused:
                await _queue.DiscardAsync(progress.Of(job), refused.Failure, ct);
                Refused(job.DocumentId, refused.Failure.Code);
                break;
            case IngestionOutcome.ParserCrashed:
                await _queue.CrashAsync(progress.Of(job), ct);
                ParserCrashed(job.DocumentId);
                break;
            case IngestionOutcome.LeaseLost:
                LeaseLost(job.DocumentId);
                break;
        }
        return null;
    }

    /// <summary>The job is given back in any case.</summary>
    private async Task KeepAsync(ReadVersion? read, CancellationToken ct)
    {
        if (read is null)
        {
            return;
        }
        using var brief = CancellationTokenSource.CreateLinkedTokenSource(ct);
        brief.CancelAfter(_options.Keep);
        try
        {
            await _pipeline.KeepAsync(read, brief.Token);
        }
        catch (Exception fault) when (fault is NpgsqlException or OperationCanceledException)
        {
            NotKept(read.Job.DocumentId, fault.GetType().Name);
        }
    }

    private async Task SettleAsync(Job job, ReadVersion? read, Exception failure, CancellationToken ct)
    {
        await KeepAsync(read, ct);
        if (Outage.CodeOf(failure) is { } code)
        {
            Interrupted(job.DocumentId, code, failure.GetType().Name);
            // Until the database takes it: a job left behind would be rescued as if its worker had crashed.
            await Outlast.OutagesAsync(() => _queue.PostponeAsync(job, code, PauseAfter(failure), ct), _clock, _logger, ct);
            return;
        }

        Failed(job.DocumentId, job.Attempt, job.MaxAttempts, failure.GetType().Name, failure.StackTrace);
        var reason = failure is Embedding.EmbeddingOutputException
            ? new JobFailure(FailureCodes.ProviderBadOutput, failure.Message)
            : new JobFailure(FailureCodes.Internal, "The document could not be ingested. The service's log says more.");
        await _queue.RetryAsync(job, reason, ct);
    }

    private static TimeSpan PauseAfter(Exception outage) => outage is QuotaExceededException { IsSpent: true } refused
        ? JobBackoff.AfterRefusal(refused.RenewsIn, Random.Shared.NextDouble())
        : JobBackoff.AfterOutage(Random.Shared.NextDouble());

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

    [LoggerMessage(Level = LogLevel.Warning, Message = "{DocumentCount} documents could not be published together ({Error}): each is tried alone")]
    private partial void Separated(int documentCount, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Document {DocumentId} waits for the end of an outage: {Code} ({Error})")]
    private partial void Interrupted(Guid documentId, string code, string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "What was read of document {DocumentId} could not be kept ({Error}): it will be read again")]
    private partial void NotKept(Guid documentId, string error);

    // Neither the exception nor its message: both may quote the document.
    [LoggerMessage(Level = LogLevel.Error, Message = "Document {DocumentId} failed in attempt {Attempt} of {MaxAttempts}: {Error}\n{Trace}")]
    private partial void Failed(Guid documentId, int attempt, int maxAttempts, string error, string? trace);
}
