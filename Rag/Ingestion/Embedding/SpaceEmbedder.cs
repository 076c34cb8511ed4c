using AiApp.Rag.Gateway;
using AiApp.Rag.Models;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Telemetry;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.Logging;

namespace AiApp.Rag.Ingestion.Embedding;

/// <summary>Embeds a document's chunks for every space whose model is at hand.</summary>
internal sealed partial class SpaceEmbedder(
    EmbeddingSpaces spaces, EmbeddingModels models, KnownVectors known, ProviderPace pace, ILogger<SpaceEmbedder> logger)
{
    /// <summary>Only the current space's model can fail a document: what the others miss, their worker makes up for.</summary>
    public async Task<IReadOnlyList<SpaceVectors>> EmbedAsync(TenantId tenant, IReadOnlyList<string> texts, CancellationToken ct)
    {
        var made = new List<SpaceVectors>();
        var bearer = new CostBearer(tenant) { Job = CostBearer.Ingest };
        foreach (var space in await spaces.ListAsync(ct))
        {
            if (models.Find(space.Model, space.Dimensions) is not { } model)
            {
                continue;
            }
            try
            {
                var found = await known.FindAsync(tenant, space, texts, ct);
                made.Add(new(space, texts.All(found.ContainsKey)
                    ? await EmbeddingBatcher.EmbedAsync(model, bearer, texts, found, ct)
                    : await pace.ObserveAsync(() => EmbeddingBatcher.EmbedAsync(model, bearer, texts, found, ct))));
                var reused = texts.Count(found.ContainsKey);
                RagTelemetry.EmbeddedChunks.Add(reused, new KeyValuePair<string, object?>(RagTelemetry.Outcome, "reused"));
                RagTelemetry.EmbeddedChunks.Add(texts.Count - reused, new KeyValuePair<string, object?>(RagTelemetry.Outcome, "made"));
            }
            catch (Exception failure) when (space.State != EmbeddingSpaceState.Current && !ct.IsCancellationRequested
                && (failure is EmbeddingOutputException || Outage.CodeOf(failure) is not null))
            {
                Skipped(space.Model, failure.GetType().Name);
            }
        }
        return made;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Embedding model {Model} failed ({Error}): its space is filled later")]
    private partial void Skipped(string model, string error);
}
