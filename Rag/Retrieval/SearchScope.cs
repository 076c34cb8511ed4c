using AiApp.Rag.Access;
using AiApp.Rag.Gateway;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Tenants;

namespace AiApp.Rag.Retrieval;

/// <summary>Where one request searches: its tenant, the collections, and for whom. Both legs get the same one.</summary>
internal sealed record SearchScope
{
    public required TenantId Tenant { get; init; }
    public required PrincipalSet Principals { get; init; }
    public required int[] CollectionIds { get; init; }

    /// <summary>The reader sets that the principals may read; both legs filter by them.</summary>
    public required int[] ReaderSetIds { get; init; }

    /// <summary>Chunks of these collections that the principals may read: how selective the filter is.</summary>
    public required long PermittedChunks { get; init; }

    /// <summary>Text-search configurations of the collections.</summary>
    public required string[] Languages { get; init; }

    /// <summary>The embedding spaces as they stood when the request began.</summary>
    public IReadOnlyList<EmbeddingSpace> Spaces { get; init; } = [];

    /// <summary>What had been committed when the request began to read; what both legs find is at least as new.</summary>
    public DatabaseSnapshot? Snapshot { get; init; }

    /// <summary>Of the database that the snapshot is of.</summary>
    public DateTimeOffset ServerStartedAt { get; init; }

    /// <summary>Of the calls of models that the search needs.</summary>
    public required CostBearer Bearer { get; init; }

    public bool IsEmpty => CollectionIds.Length == 0 || ReaderSetIds.Length == 0;
}

/// <summary>A chunk as a leg found it, best first; the score is the leg's own.</summary>
internal sealed record LegHit(long ChunkId, double Score);

/// <summary>A chunk of the fused list with its place in each leg.</summary>
internal sealed record RankedHit(long ChunkId, double Score, LegRank? Lexical, LegRank? Vector);
