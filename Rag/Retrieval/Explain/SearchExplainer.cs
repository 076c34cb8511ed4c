using AiApp.Rag.Documents;

namespace AiApp.Rag.Retrieval.Explain;

/// <summary>
/// Tells how a retrieval came to its passages, and what became of one document. It retrieves as every caller does and reads
/// the trace, so that it cannot disagree with what is shown.
/// </summary>
public sealed class SearchExplainer
{
    private readonly HybridRetriever _retriever;
    private readonly ExplainStore _store;
    private readonly DocumentStore _documents;

    internal SearchExplainer(HybridRetriever retriever, ExplainStore store, DocumentStore documents) =>
        (_retriever, _store, _documents) = (retriever, store, documents);

    /// <summary>The documents that the caller may read of this id or source URI; several only where collections share the URI.</summary>
    public async Task<IReadOnlyList<Document>> ListDocumentsAsync(RetrievalQuery query, string document, CancellationToken ct)
    {
        var ids = Guid.TryParse(document, out var id) ? [id]
            : SourceUri.TryNormalize(document, out var uri) ? await _store.FindDocumentsAsync(query, uri, ct)
            : [];
        var documents = new List<Document>();
        foreach (var known in ids)
        {
            if (await _documents.FindAsync(query.Tenant, query.Principals, known, ct) is { } found)
            {
                documents.Add(found);
            }
        }
        return documents;
    }

    /// <param name="document">One that the caller may read, or null.</param>
    public async Task<Explanation> ExplainAsync(RetrievalQuery query, Document? document, CancellationToken ct)
    {
        var trace = await _retriever.TraceAsync(query, ct);
        var products = await _store.ReadTermsAsync(trace, [.. trace.Candidates.Select(candidate => candidate.Id)], ct);
        return new()
        {
            ConfigurationId = trace.Configuration.Id,
            Terms = trace.Lexical.Terms,
            Lexical = Summarize(trace.Configuration.LexicalWeight, trace.LegDepth, trace.Lexical.Hits),
            Vector = Summarize(1 - trace.Configuration.LexicalWeight, trace.LegDepth, trace.Vector?.Hits ?? []),
            FusedCount = trace.Fused.Count,
            JudgedCount = Math.Min(trace.Depth, trace.Fused.Count),
            Candidates = [.. Explain(trace, products)],
            Stages = trace.Stages,
            Reranking = trace.Reranking,
            Document = document is null ? null : await ExplainAsync(trace, query, document, ct),
        };
    }

    private static IEnumerable<CandidateExplanation> Explain(RetrievalTrace trace, Dictionary<long, List<TermContribution>> products)
    {
        var (lexical, vector) = trace.Shares();
        var fused = trace.Fused.Index().ToDictionary(hit => hit.Item.ChunkId, hit => (Rank: hit.Index + 1, hit.Item));
        return trace.Candidates.OrderBy(candidate => candidate.IsOut).ThenByDescending(candidate => candidate.Score).Select(candidate =>
        {
            var (rank, hit) = fused[candidate.Id];
            return new CandidateExplanation
            {
                Chunk = candidate.ToPassage(),
                FusedRank = rank,
                FusedScore = hit.Score,
                Lexical = Share(hit.Lexical, trace.Configuration.LexicalWeight, lexical.GetValueOrDefault(candidate.Id)),
                Vector = Share(hit.Vector, 1 - trace.Configuration.LexicalWeight, vector.GetValueOrDefault(candidate.Id)),
                Terms = products.GetValueOrDefault(candidate.Id, []),
            };
        });
    }

    private async Task<DocumentExplanation> ExplainAsync(RetrievalTrace trace, RetrievalQuery query, Document document, CancellationToken ct)
    {
        if (query.Collection is not null && query.Collection != document.Collection)
        {
            return Outside(document, DocumentFate.OtherCollection, $"It is in the collection '{document.Collection}', and only '{query.Collection}' was searched.");
        }
        var chunks = document.VersionNumber is null ? [] : await _store.ReadChunksAsync(trace, document.Id, ct);
        if (chunks.Count == 0)
        {
            return Outside(document, DocumentFate.NotReady, document.Status == DocumentStatus.Failed
                ? $"No version of it can be searched: its ingestion failed with {document.FailureCode}."
                : $"No version of it can be searched yet: it is {document.Status.ToString().ToLowerInvariant()}, stage {document.Stage.ToString().ToLowerInvariant()}.");
        }
        var question = query.ToSearchText();
        if (question.IsConstrained)
        {
            var conditions = await _store.ReadConditionsAsync(trace, question, [.. chunks.Select(chunk => chunk.Id)], ct);
            var admitted = chunks.FindAll(chunk => conditions.Admit(chunk.Id));
            if (admitted.Count == 0)
            {
                var refusal = conditions.Refuse(chunks.Select(chunk => chunk.Id));
                return Outside(document, refusal.Fate, refusal.Reason);
            }
            chunks = admitted;
        }
        var judgement = new DocumentJudgement(trace, chunks);
        var place = judgement.LexicalScore is { } score ? 1 + await _store.CountAboveAsync(trace, score, ct) : (long?)null;
        return judgement.Judge(document, place);
    }

    private static DocumentExplanation Outside(Document document, DocumentFate fate, string reason) =>
        new() { Document = document, Fate = fate, Reason = reason, Findings = [] };

    private static LegShare? Share(LegRank? rank, double weight, double share) =>
        rank is null ? null : new(rank.Rank, rank.Score, weight == 0 ? 0 : share / weight, weight, share);

    private static LegSummary Summarize(double weight, int depth, IReadOnlyList<LegHit> hits) =>
        new(weight, depth, hits.Count, hits.Count > 0 ? hits[0].Score : null, hits.Count >= depth ? hits[^1].Score : null);
}
