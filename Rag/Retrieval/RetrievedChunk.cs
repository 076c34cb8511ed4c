using System.Text.Json.Serialization;
using AiApp.Rag.Access;
using AiApp.Rag.Gateway;
using AiApp.Rag.Retrieval.Evidence;
using AiApp.Rag.Tenants;

namespace AiApp.Rag.Retrieval;

/// <summary>A question as retrieval sees it.</summary>
public sealed record RetrievalQuery
{
    public required TenantId Tenant { get; init; }
    public required string Text { get; init; }

    /// <summary>Only documents that one of these may read are found.</summary>
    public PrincipalSet Principals { get; init; } = PrincipalSet.Everyone;

    /// <summary>Who asks, and the public id of the key that they ask with: their budgets bear the calls of models.</summary>
    public string? User { get; init; }
    public string? ApiKey { get; init; }

    /// <summary>Collection name; all collections of the tenant when null.</summary>
    public string? Collection { get; init; }

    /// <summary>How many passages to return, 1 to 50.</summary>
    public int Top { get; init; } = 10;

    /// <summary>False returns every chunk for itself, in the order of fusion: for measuring rankings.</summary>
    public bool Assemble { get; init; } = true;

    /// <summary>"Phrases" must stand literally, -words must not occur. Off for questions that were not written for a search field, such as labelled ones.</summary>
    public bool Operators { get; init; } = true;

    /// <summary>The request that it is part of; calls of models stand under it in the usage ledger.</summary>
    public Guid? RequestId { get; init; }

    internal CostBearer Bearer => new(Tenant) { User = User, ApiKey = ApiKey, RequestId = RequestId };

    internal SearchText ToSearchText() => Operators ? SearchText.Parse(Text) : SearchText.Plain(Text);
}

/// <summary>A chunk, or adjacent chunks as one passage, with the place in the document version and why it was chosen.</summary>
public sealed record RetrievedChunk
{
    public required long ChunkId { get; init; }
    public required int CollectionId { get; init; }
    public required Guid DocumentId { get; init; }
    public required long VersionId { get; init; }
    public required int VersionNumber { get; init; }
    public required string Title { get; init; }
    public required string SourceUri { get; init; }
    public required string HeadingPath { get; init; }
    public required string Text { get; init; }

    /// <summary>UTF-16 offset and length of <see cref="Text"/> in the version's canonical text.</summary>
    public required int StartOffset { get; init; }
    public required int Length { get; init; }
    public int? Page { get; init; }

    /// <summary>Of the whole version: number and start of each page, one after the other. Empty where the format has none.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> Pages { get; init; } = [];

    /// <summary>The transaction that published the version, or last changed its readers.</summary>
    [JsonIgnore]
    public long ChangedIn { get; init; }
    public DateOnly? ValidFrom { get; init; }
    public DateOnly? ValidUntil { get; init; }

    /// <summary>Fused score times what evidence assembly decided, 0 to 1, comparable within one query only.</summary>
    public required double Score { get; init; }
    public LegRank? Lexical { get; init; }
    public LegRank? Vector { get; init; }
    public IReadOnlyList<EvidenceDecision> Decisions { get; init; } = [];

    /// <summary>The chunks that the passage is made of, in the order of the text; the ranks belong to <see cref="ChunkId"/>.</summary>
    public IReadOnlyList<long> PartIds { get; init; } = [];

    /// <summary>Other documents that say the same, found for the same question.</summary>
    public IReadOnlyList<DocumentReference> AlsoIn { get; init; } = [];

    /// <summary>The page that an offset of the version's text stands on; that of the passage where nothing more is known.</summary>
    public int? PageAt(int offset)
    {
        var page = Page;
        for (var i = 0; i + 1 < Pages.Count && Pages[i + 1] <= offset; i += 2)
        {
            page = Pages[i];
        }
        return page;
    }
}

public sealed record DocumentReference(Guid DocumentId, string Title, string SourceUri);

/// <summary>Place in one leg, 1 is best; the score is BM25 in the lexical leg, cosine similarity in the vector leg.</summary>
public sealed record LegRank(int Rank, double Score);

/// <summary>
/// The name of a stage, its duration and when it began after the whole did, in milliseconds. Stages may run side by side. Records
/// made before beginnings were kept have none.
/// </summary>
public sealed record StageTiming(string Name, double DurationMs, double? StartMs = null);

public sealed record RetrievalResult
{
    public required IReadOnlyList<RetrievedChunk> Chunks { get; init; }
    public required IReadOnlyList<StageTiming> Stages { get; init; }

    /// <summary>The question's lexemes with their inverse document frequencies; unknown ones have no chunks.</summary>
    public required IReadOnlyList<QueryTerm> Terms { get; init; }

    /// <summary>The embedding space that the vector leg searched; null when it searched none.</summary>
    public int? EmbeddingSpaceId { get; init; }

    /// <summary>Id of the retrieval configuration that fused the legs; null when there was nothing to search.</summary>
    public string? ConfigurationId { get; init; }

    /// <summary>On what it was found; null when there was nothing to search.</summary>
    public RetrievalBasis? Basis { get; init; }

    /// <summary>How the passages are less than what was asked for: words of <see cref="Degradation"/>.</summary>
    public IReadOnlyList<string> Degraded { get; init; } = [];
}

/// <summary>The seam for tests of what stands on retrieval, and for rerankers to come.</summary>
public interface IRetriever
{
    /// <summary>Best chunks first. Outages of the database surface as <see cref="Npgsql.NpgsqlException"/>.</summary>
    Task<RetrievalResult> RetrieveAsync(RetrievalQuery query, CancellationToken ct);
}
