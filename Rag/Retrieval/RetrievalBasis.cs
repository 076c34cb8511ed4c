using AiApp.Rag.Retrieval.Vector;

namespace AiApp.Rag.Retrieval;

/// <summary>What a retrieval rested on: what else must agree before its result says anything about another one.</summary>
public sealed record RetrievalBasis
{
    /// <summary>What had been committed before the first statement of the search.</summary>
    public required DatabaseSnapshot Snapshot { get; init; }

    /// <summary>When the database was started: another one numbers its transactions by itself.</summary>
    public required DateTimeOffset ServerStartedAt { get; init; }

    public required IReadOnlyList<int> CollectionIds { get; init; }

    /// <summary>The reader sets that the caller may read.</summary>
    public required IReadOnlyList<int> ReaderSetIds { get; init; }

    /// <summary>The embedding space that was searched.</summary>
    public required EmbeddingSpace Space { get; init; }

    /// <summary>The question's embedding there.</summary>
    public required ReadOnlyMemory<float> Question { get; init; }
}
