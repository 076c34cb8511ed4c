using AiApp.Rag.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Retrieval;

/// <summary>Both legs side by side, fused by weighted scores; texts outside their validity give way to valid ones.</summary>
internal sealed class HybridRetriever(
    RetrievalStore store,
    EmbeddingSpaces spaces,
    IEmbeddingGenerator<string, Embedding<float>> embeddings,
    IOptions<RetrievalOptions> options,
    TimeProvider clock) : IRetriever
{
    private readonly RetrievalOptions _options = options.Value;

    public async Task<RetrievalResult> RetrieveAsync(RetrievalQuery query, CancellationToken ct)
    {
        using var activity = RagTelemetry.Source.StartActivity("aiapp.retrieval");
        var watch = new StageWatch(clock);
        var scope = await store.FindScopeAsync(query.Tenant, query.Collection, ct);
        if (scope.CollectionIds.Length == 0)
        {
            return new() { Chunks = [], Stages = watch.Stages, Terms = [] };
        }
        var lexicalTask = watch.MeasureAsync("lexical", () => SearchLexicalAsync(query, scope, ct));
        var vectorTask = SearchVectorAsync(query, scope, watch, ct);
        await Task.WhenAll(lexicalTask, vectorTask);
        var (analyzed, lexical) = await lexicalTask;
        var vector = await vectorTask;

        var chunks = await watch.MeasureAsync("fuse", () => FuseAsync(query, lexical, vector, ct));
        activity?.SetTag("aiapp.retrieval.chunks", chunks.Count);
        return new() { Chunks = chunks, Stages = watch.Stages, Terms = analyzed.Terms };
    }

    private async Task<(LexicalQuery Query, List<LegHit> Hits)> SearchLexicalAsync(RetrievalQuery query, SearchScope scope, CancellationToken ct)
    {
        var analyzed = await store.AnalyzeAsync(query.Tenant, scope, query.Text, ct);
        var taken = analyzed.TakeRarest(_options.CandidateBudget);
        if (taken.Count == 0)
        {
            return (analyzed, []);
        }
        var vector = analyzed.ToSparseVector();
        var hits = await store.SearchLexicalAsync(query.Tenant, scope, LexicalQuery.ToTsQuery(taken), vector, _options.LegDepth, ct);
        // Exact when no chunk outside the candidates can reach the last place (MaxScore); otherwise all terms bring candidates.
        var last = hits.Count < _options.LegDepth ? 0 : hits[^1].Score;
        if (taken.Count < analyzed.Known.Count && analyzed.BoundBeyond(taken.Count) > last)
        {
            hits = await store.SearchLexicalAsync(
                query.Tenant, scope, LexicalQuery.ToTsQuery(analyzed.Known), vector, _options.LegDepth, ct);
        }
        return (analyzed, hits);
    }

    private async Task<List<LegHit>> SearchVectorAsync(RetrievalQuery query, SearchScope scope, StageWatch watch, CancellationToken ct)
    {
        var space = await spaces.GetCurrentAsync(ct);
        var embedding = await watch.MeasureAsync("embed", () => embeddings.GenerateVectorAsync(query.Text, cancellationToken: ct));
        return await watch.MeasureAsync("vector", () =>
            store.SearchVectorAsync(query.Tenant, scope, space, embedding, _options.LegDepth, ct));
    }

    private async Task<List<RetrievedChunk>> FuseAsync(
        RetrievalQuery query, List<LegHit> lexical, List<LegHit> vector, CancellationToken ct)
    {
        var fused = ScoreFusion.Fuse(lexical, vector, _options.LexicalWeightFor((await spaces.GetCurrentAsync(ct)).Model));
        // Twice the wanted number is read, because validity can change the order.
        var head = fused.Take(Math.Max(query.Top * 2, 20)).ToList();
        var chunks = await store.FetchAsync(query.Tenant, [.. head.Select(hit => hit.ChunkId)], ct);
        var validity = Validity.Of(query.Text, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        var lexicalRanks = Rank(lexical);
        var vectorRanks = Rank(vector);
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

    private static Dictionary<long, LegRank> Rank(List<LegHit> hits) =>
        hits.Select((hit, i) => (hit.ChunkId, Rank: new LegRank(i + 1, hit.Score))).ToDictionary(pair => pair.ChunkId, pair => pair.Rank);
}
