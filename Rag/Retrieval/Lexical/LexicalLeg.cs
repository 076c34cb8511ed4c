using Microsoft.Extensions.Options;

namespace AiApp.Rag.Retrieval.Lexical;

/// <summary>Exact top-k BM25 (docs/adr/0007).</summary>
internal sealed class LexicalLeg(LexicalStore store, IOptions<RetrievalOptions> options)
{
    private readonly RetrievalOptions _options = options.Value;

    public async Task<LexicalResult> SearchAsync(SearchScope scope, string question, int depth, CancellationToken ct)
    {
        var analyzed = await store.AnalyzeAsync(scope, question, ct);
        var taken = analyzed.TakeRarest(_options.CandidateBudget);
        if (taken.Count == 0)
        {
            return new(analyzed.Terms, []);
        }
        var vector = analyzed.ToSparseVector();
        var hits = await store.SearchAsync(scope, LexicalQuery.ToTsQuery(taken), vector, depth, ct);
        // Exact when no chunk outside the candidates can reach the last place (MaxScore); otherwise all terms bring candidates.
        var last = hits.Count < depth ? 0 : hits[^1].Score;
        if (taken.Count < analyzed.Known.Count && analyzed.BoundBeyond(taken.Count) > last)
        {
            hits = await store.SearchAsync(scope, LexicalQuery.ToTsQuery(analyzed.Known), vector, depth, ct);
        }
        return new(analyzed.Terms, hits);
    }
}

/// <summary>The question's terms with their statistics, and the best chunks by BM25.</summary>
internal sealed record LexicalResult(IReadOnlyList<QueryTerm> Terms, IReadOnlyList<LegHit> Hits);
