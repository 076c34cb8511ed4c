using AiApp.Rag.Retrieval.Lexical;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Retrieval;

/// <summary>Both legs side by side, fused by weighted scores; texts outside their validity give way to valid ones.</summary>
internal sealed class HybridRetriever(
    RetrievalStore store,
    LexicalLeg lexicalLeg,
    VectorLeg vectorLeg,
    IOptions<RetrievalOptions> options,
    TimeProvider clock) : IRetriever
{
    private readonly RetrievalOptions _options = options.Value;

    public async Task<RetrievalResult> RetrieveAsync(RetrievalQuery query, CancellationToken ct)
    {
        using var activity = RagTelemetry.Source.StartActivity("aiapp.retrieval");
        var watch = new StageWatch(clock);
        var scope = await store.FindScopeAsync(query.Tenant, query.Principals, query.Collection, ct);
        if (scope.IsEmpty)
        {
            return new() { Chunks = [], Stages = watch.Stages, Terms = [] };
        }
        var lexicalTask = watch.MeasureAsync("lexical", () => lexicalLeg.SearchAsync(scope, query.Text, _options.LegDepth, ct));
        var vectorTask = vectorLeg.SearchAsync(scope, query.Text, _options.LegDepth, watch, ct);
        await Task.WhenAll(lexicalTask, vectorTask);
        var (terms, lexical) = await lexicalTask;
        var vector = await vectorTask;

        var chunks = await watch.MeasureAsync("fuse", () => FuseAsync(query, scope, lexical, vector, ct));
        activity?.SetTag("aiapp.retrieval.chunks", chunks.Count);
        return new() { Chunks = chunks, Stages = watch.Stages, Terms = terms, EmbeddingSpaceId = vector.Space?.Id };
    }

    private async Task<List<RetrievedChunk>> FuseAsync(
        RetrievalQuery query, SearchScope scope, IReadOnlyList<LegHit> lexical, VectorResult vector, CancellationToken ct)
    {
        var fused = ScoreFusion.Fuse(lexical, vector.Hits, _options.LexicalWeightFor(vector.Space?.Model));
        // Twice the wanted number is read, because validity can change the order.
        var head = fused.Take(Math.Max(query.Top * 2, 20)).ToList();
        var chunks = await store.FetchAsync(scope, [.. head.Select(hit => hit.ChunkId)], ct);
        var validity = Validity.Of(query.Text, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        var lexicalRanks = Rank(lexical);
        var vectorRanks = Rank(vector.Hits);
        return [.. head
            .Where(hit => chunks.ContainsKey(hit.ChunkId)) // deleted between the two statements
            .Select(hit => chunks[hit.ChunkId] with
            {
                Score = hit.Score * (validity.Covers(chunks[hit.ChunkId].ValidFrom, chunks[hit.ChunkId].ValidUntil) ? 1 : _options.OutdatedFactor),
                Lexical = lexicalRanks.GetValueOrDefault(hit.ChunkId),
                Vector = vectorRanks.GetValueOrDefault(hit.ChunkId),
            })
            .OrderByDescending(chunk => chunk.Score)
            .Take(query.Top)];
    }

    private static Dictionary<long, LegRank> Rank(IReadOnlyList<LegHit> hits) =>
        hits.Select((hit, i) => (hit.ChunkId, Rank: new LegRank(i + 1, hit.Score))).ToDictionary(pair => pair.ChunkId, pair => pair.Rank);
}
