namespace AiApp.Rag.Retrieval.Lexical;

/// <summary>Exact top-k BM25 by MaxScore (docs/adr/0007).</summary>
internal sealed class LexicalLeg(LexicalStore store)
{
    // Scoring so many chunks takes a few milliseconds; the tokens are the whole tenant's, whose other collections may be large.
    private const int FewChunks = 4000;

    public async Task<LexicalResult> SearchAsync(SearchScope scope, SearchText question, int depth, CancellationToken ct)
    {
        var query = await store.AnalyzeAsync(scope, question, ct);
        return new(query.Terms, await FindBestAsync(scope, query, depth, ct)) { Constraint = query.Constraint };
    }

    private Task<List<LegHit>> FindBestAsync(SearchScope scope, LexicalQuery query, int depth, CancellationToken ct)
    {
        if (query.Known.Count == 0 || query.Required.Any(term => term.ChunkCount == 0))
        {
            return Task.FromResult<List<LegHit>>([]);
        }
        if (query.Required.Count > 0)
        {
            var all = string.Join('&', query.Required.Select(term => new CandidateTerm(scope.Tenant, term).Token(0)));
            return store.SearchAsync(scope, query, MaxScorePlans.Only(all), depth, ct);
        }
        return scope.PermittedChunks <= FewChunks && query.Constraint is null
            ? store.ScoreAllAsync(scope, query, depth, ct)
            : store.SearchAsync(scope, query, MaxScorePlans.Of(scope.Tenant, query.Known), depth, ct);
    }
}

/// <summary>The question's terms with their statistics, and the best chunks by BM25.</summary>
internal sealed record LexicalResult(IReadOnlyList<QueryTerm> Terms, IReadOnlyList<LegHit> Hits)
{
    /// <summary>What phrases and exclusions ask of a chunk's lexemes, as a tsquery; null when anything may be found.</summary>
    public string? Constraint { get; init; }
}
