using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion.Chunking;
using AiApp.Rag.Ingestion.Embedding;
using AiApp.Rag.Ingestion.Parsing;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Jobs;
using AiApp.Rag.Telemetry;

namespace AiApp.Rag.Ingestion;

/// <summary>
/// Reads and chunks one upload after the other, embeds and publishes several together. Whatever stops it, of each either the whole
/// version is visible or nothing of it.
/// </summary>
internal sealed class IngestionPipeline(
    IngestionStore store, PublishStore publishing, IDocumentParser parser, HeadingChunker chunker, SpaceEmbedder embedder, TimeProvider clock)
{
    // A worker that is killed loses what it has read since; writing every text twice would cost more than reading most of them.
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    public async Task<IngestionOutcome> ReadAsync(HeldJob held, StageProgress progress, CancellationToken ct)
    {
        try
        {
            progress.Enter(held.Job, DocumentStage.Reading);
            var ((upload, document), reading) = await MeasureAsync(DocumentStage.Reading, async () =>
            {
                var loaded = await store.LoadAsync(held.Job, ct);
                return (loaded, loaded is null ? null : await ReadAsync(loaded, ct));
            });
            if (upload is null || document is null)
            {
                return new IngestionOutcome.LeaseLost();
            }
            progress.Enter(held.Job, DocumentStage.Chunking);
            var (chunks, chunking) = await MeasureAsync(DocumentStage.Chunking, () => Task.FromResult(chunker.Chunk(document)));
            var wasKept = upload.Reading is not null;
            // The bytes have served: a group must not hold them all until it is published.
            var version = new ReadVersion(held, upload with { Bytes = [], Reading = null }, document, chunks, new(reading, chunking) { WasKept = wasKept }) { IsKept = wasKept };
            return new IngestionOutcome.Read(reading < Slow.TotalMilliseconds ? version : await KeepAsync(version, ct));
        }
        catch (UnreadableDocumentException unreadable)
        {
            return new IngestionOutcome.Refused(new JobFailure(unreadable.Code, unreadable.Message));
        }
        catch (ParserCrashedException)
        {
            return new IngestionOutcome.ParserCrashed();
        }
    }

    /// <summary>Versions of one tenant. Returns those that were published: the leases of the others are lost.</summary>
    public async Task<IReadOnlyList<ReadVersion>> PublishAsync(IReadOnlyList<ReadVersion> versions, StageProgress progress, CancellationToken ct)
    {
        progress.Enter(versions, DocumentStage.Embedding);
        var tenant = versions[0].Job.Tenant;
        var texts = versions.SelectMany(v => v.Chunks.Select(chunk => EmbeddingBatcher.InputOf(chunk.HeadingPath, v.TextOf(chunk)))).ToList();
        var (vectors, embedding) = await MeasureAsync(DocumentStage.Embedding, () => embedder.EmbedAsync(tenant, texts, ct));

        await progress.EndAsync(versions, DocumentStage.Publishing, ct);
        var timed = versions.Select(version => version with { Times = version.Times with { Embedding = embedding } }).ToList();
        var (published, _) = await MeasureAsync(DocumentStage.Publishing, () => publishing.PublishAsync(new(tenant, timed, vectors), ct));
        RagTelemetry.IngestedChunks.Add(published.Sum(v => v.Chunks.Count));
        return published;
    }

    /// <summary>For the next attempt: called when this one ends before the version is published.</summary>
    public async Task<ReadVersion> KeepAsync(ReadVersion version, CancellationToken ct)
    {
        if (!version.IsKept)
        {
            await store.KeepAsync(version, ct);
        }
        return version with { IsKept = true };
    }

    private async Task<ReadDocument> ReadAsync(Upload upload, CancellationToken ct)
    {
        if (upload.Reading is { } known)
        {
            RagTelemetry.Parses.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Outcome, "kept"));
            return known;
        }
        return await parser.ParseAsync(upload.Bytes, upload.SourceUri, upload.MediaType, ct);
    }

    /// <summary>The result, and how many milliseconds it took.</summary>
    private async Task<(T Result, double Milliseconds)> MeasureAsync<T>(DocumentStage stage, Func<Task<T>> run)
    {
        var name = DocumentRows.Word(stage);
        using var activity = RagTelemetry.Source.StartActivity($"aiapp.ingest {name}");
        var start = clock.GetTimestamp();
        var result = await run();
        var elapsed = clock.GetElapsedTime(start);
        RagTelemetry.IngestStageDuration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>(RagTelemetry.Stage, name));
        return (result, elapsed.TotalMilliseconds);
    }
}
