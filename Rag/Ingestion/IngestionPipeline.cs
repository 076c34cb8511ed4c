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
    public async Task<IngestionOutcome> ReadAsync(HeldJob held, StageProgress progress, CancellationToken ct)
    {
        try
        {
            progress.Enter(held.Job, DocumentStage.Reading);
            var ((upload, document), reading) = await MeasureAsync(DocumentStage.Reading, async () =>
            {
                var loaded = await store.LoadAsync(held.Job, ct);
                return (loaded, loaded is null ? null : await parser.ParseAsync(loaded.Bytes, loaded.SourceUri, loaded.MediaType, ct));
            });
            if (upload is null || document is null)
            {
                return new IngestionOutcome.LeaseLost();
            }
            progress.Enter(held.Job, DocumentStage.Chunking);
            var (chunks, chunking) = await MeasureAsync(DocumentStage.Chunking, () => Task.FromResult(chunker.Chunk(document)));
            // The bytes have served: a group must not hold them all until it is published.
            return new IngestionOutcome.Read(new(held, upload with { Bytes = [] }, document, chunks, new(reading, chunking)));
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
