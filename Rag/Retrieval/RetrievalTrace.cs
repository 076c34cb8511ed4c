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

    /// <summary>Id of the retrieval configuration that fused the legs; null when the scope is empty.</summary>
    public string? ConfigurationId { get; init; }
    public required IReadOnlyList<RankedHit> Fused { get; init; }

    /// <summary>How many of the fused list were read and judged.</summary>
    public required int Depth { get; init; }
    public required IReadOnlyList<Candidate> Candidates { get; init; }
    public required IReadOnlyList<StageTiming> Stages { get; init; }

    public RetrievalResult ToResult() => new()
    {
        Chunks = [.. Candidates.Where(candidate => !candidate.IsOut).Select(candidate => candidate.ToPassage())],
        Stages = Stages,
        Terms = Lexical.Terms,
        EmbeddingSpaceId = Vector?.Space?.Id,
        ConfigurationId = ConfigurationId,
    };
}
