using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion.Chunking;
using AiApp.Rag.Ingestion.Embedding;
using AiApp.Rag.Ingestion.Parsing;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Jobs;
using AiApp.Rag.Telemetry;

namespace AiApp.Rag.Ingestion;

/// <summary>Reads, chunks, embeds and publishes one upload. Whatever stops it, either the whole version is visible or nothing of it.</summary>
internal sealed class IngestionPipeline(
    IngestionStore store, IDocumentParser parser, HeadingChunker chunker, SpaceEmbedder embedder, TimeProvider clock)
{
    public async Task<IngestionOutcome> RunAsync(Job job, CancellationToken ct)
    {
        try
        {
            var (upload, document) = await MeasureAsync(DocumentStage.Reading, async () =>
            {
                var loaded = await store.LoadAsync(job, ct);
                return (loaded, loaded is null ? null : await parser.ParseAsync(loaded.Bytes, loaded.SourceUri, loaded.MediaType, ct));
            });
            if (upload is null || document is null)
            {
                return new IngestionOutcome.LeaseLost();
            }

            await store.SetStageAsync(job, DocumentStage.Chunking, ct);
            var chunks = await MeasureAsync(DocumentStage.Chunking, () => Task.FromResult(chunker.Chunk(document)));

            await store.SetStageAsync(job, DocumentStage.Embedding, ct);
            var vectors = await MeasureAsync(DocumentStage.Embedding, () => embedder.EmbedAsync(
                job.Tenant, [.. chunks.Select(c => EmbeddingBatcher.InputOf(c.HeadingPath, c.TextOf(document.CanonicalText)))], ct));

            await store.SetStageAsync(job, DocumentStage.Publishing, ct);
            var version = new PreparedVersion(upload, document, chunks, vectors);
            if (!await MeasureAsync(DocumentStage.Publishing, () => store.PublishAsync(job, version, ct)))
            {
                return new IngestionOutcome.LeaseLost();
            }

            RagTelemetry.IngestedChunks.Add(chunks.Count);
            return new IngestionOutcome.Published(chunks.Count);
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

    private async Task<T> MeasureAsync<T>(DocumentStage stage, Func<Task<T>> run)
    {
        var name = DocumentRows.Word(stage);
        using var activity = RagTelemetry.Source.StartActivity($"aiapp.ingest {name}");
        var start = clock.GetTimestamp();
        var result = await run();
        RagTelemetry.IngestStageDuration.Record(
            clock.GetElapsedTime(start).TotalSeconds, new KeyValuePair<string, object?>(RagTelemetry.Stage, name));
        return result;
    }
}
