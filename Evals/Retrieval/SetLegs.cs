using AiApp.Rag.Retrieval;
using AiApp.Rag.Retrieval.Configuration;

namespace AiApp.Evals.Retrieval;

/// <summary>What the two legs found for one query, with their own scores, deeper than any configuration asks for.</summary>
internal sealed record QueryLegs(LabelledQuery Query, IReadOnlyList<LegHit> Lexical, IReadOnlyList<LegHit> Vector);

/// <summary>Every query of a set as both legs answered it: whatever comes after the legs can be replayed without the database.</summary>
internal sealed record SetLegs(LabelledSet Set, IReadOnlyList<QueryLegs> Queries, IReadOnlyDictionary<long, string> DocumentOf)
{
    /// <summary>Chunks each leg is asked for.</summary>
    public const int Depth = 200;

    /// <summary>Documents by their best chunk.</summary>
    public List<string> Rank(IEnumerable<long> chunkIds) => [.. chunkIds.Select(id => DocumentOf[id]).Distinct(StringComparer.Ordinal)];

    public List<string> Rank(IReadOnlyList<LegHit> hits) => Rank(hits.Select(hit => hit.ChunkId));

    /// <summary>By the product's own fusion: the first ten as a request for ten gets them, the rest as a request for a hundred does.</summary>
    public List<string> Fuse(QueryLegs query, RetrievalConfiguration configuration) =>
        [.. Fuse(query, configuration, 10).Take(10).Union(Fuse(query, configuration, 100), StringComparer.Ordinal)];

    private List<string> Fuse(QueryLegs query, RetrievalConfiguration configuration, int top) =>
        Rank(ScoreFusion.Fuse([.. query.Lexical.Take(configuration.DepthFor(top))], [.. query.Vector.Take(configuration.DepthFor(top))], configuration)
            .Select(hit => hit.ChunkId));
}
