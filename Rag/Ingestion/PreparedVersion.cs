using System.Globalization;
using AiApp.Rag.Ingestion.Chunking;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Jobs;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Tenants;

namespace AiApp.Rag.Ingestion;

/// <summary>An upload as its job finds it.</summary>
internal sealed record Upload
{
    public required string SourceUri { get; init; }
    public required string MediaType { get; init; }
    public required int CollectionId { get; init; }

    /// <summary>Text-search configuration.</summary>
    public required string CollectionLanguage { get; init; }
    public required byte[] ContentHash { get; init; }

    /// <summary>What the same readers have made of the same file before.</summary>
    public ReadDocument? Reading { get; init; }

    /// <summary>Empty where they have been read before.</summary>
    public byte[] Bytes { get; init; } = [];
}

/// <summary>A version that has been read and chunked, and has no vectors yet.</summary>
internal sealed record ReadVersion(HeldJob Held, Upload Upload, ReadDocument Document, IReadOnlyList<Chunk> Chunks, StageTimes Times)
{
    public Job Job => Held.Job;

    /// <summary>An attempt that comes after this one finds it as it was read.</summary>
    public bool IsKept { get; init; }

    public string TextOf(Chunk chunk) => chunk.TextOf(Document.CanonicalText);
}

/// <summary>Milliseconds. Embedding is that of the whole group: its texts are embedded by the same calls.</summary>
internal sealed record StageTimes(double Reading, double Chunking, double Embedding = 0)
{
    /// <summary>The file was not read: the text of an earlier reading was taken.</summary>
    public bool WasKept { get; init; }

    public string ToJson() => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"{{(WasKept ? "kept" : "reading")}}":{{Reading:0.##}},"chunking":{{Chunking:0.##}},"embedding":{{Embedding:0.##}}}""");
}

/// <summary>Everything of one tenant that becomes visible at once. Vectors stand in the order of the versions and their chunks.</summary>
internal sealed record PreparedGroup(TenantId Tenant, IReadOnlyList<ReadVersion> Versions, IReadOnlyList<SpaceVectors> Vectors);

/// <summary>The vectors of one embedding space, in the order of the chunks.</summary>
internal sealed record SpaceVectors(EmbeddingSpace Space, IReadOnlyList<Half[]> Vectors);
