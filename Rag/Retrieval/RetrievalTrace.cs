using AiApp.Rag.Gateway;
using AiApp.Rag.Retrieval.Configuration;
using AiApp.Rag.Retrieval.Evidence;
using AiApp.Rag.Retrieval.Lexical;
using AiApp.Rag.Retrieval.Vector;

namespace AiApp.Rag.Retrieval;

/// <summary>One retrieval with everything that was found and decided on the way.</summary>
internal sealed record RetrievalTrace
{
    public required SearchScope Scope { get; init; }
    public required LexicalResult Lexical { get; init; }

    /// <summary>Null when the scope is empty.</summary>
    public VectorResult? Vector { get; init; }

    /// <summary>What the legs were searched and fused by.</summary>
    public required RetrievalConfiguration Configuration { get; init; }

    /// <summary>How many chunks each leg was asked for.</summary>
    public required int LegDepth { get; init; }
    public required IReadOnlyList<RankedHit> Fused { get; init; }

    /// <summary>How many of the fused list were read and judged.</summary>
    public required int Depth { get; init; }
    public required IReadOnlyList<Candidate> Candidates { get; init; }
    public required IReadOnlyList<StageTiming> Stages { get; init; }

    /// <summary>done, failed, refused by a budget or left_alone; null when there was nothing to judge once more, or nobody who does.</summary>
    public string? Reranking { get; init; }

    /// <summary>What each leg gives to the fused scores: fusion is a sum, so each leg is fused alone.</summary>
    public (Dictionary<long, double> Lexical, Dictionary<long, double> Vector) Shares() => (
        ScoreFusion.Fuse(Lexical.Hits, [], Configuration).ToDictionary(hit => hit.ChunkId, hit => hit.Score),
        ScoreFusion.Fuse([], Vector?.Hits ?? [], Configuration).ToDictionary(hit => hit.ChunkId, hit => hit.Score));

    public RetrievalResult ToResult() => new()
    {
        Chunks = [.. Candidates.Where(candidate => !candidate.IsOut).Select(candidate => candidate.ToPassage())],
        Stages = Stages,
        Terms = Lexical.Terms,
        EmbeddingSpaceId = Vector?.Space?.Id,
        ConfigurationId = Configuration.Id,
        Basis = Scope.Snapshot is { } snapshot && Vector is { Space: { } space } found
            ? new()
            {
                Snapshot = snapshot,
                ServerStartedAt = Scope.ServerStartedAt,
                CollectionIds = Scope.CollectionIds,
                ReaderSetIds = Scope.ReaderSetIds,
                Space = space,
                Question = found.Question,
            }
            : null,
        Degraded = Reranking is null or "done" ? [] : [Degradation.NotReranked],
    };
}
