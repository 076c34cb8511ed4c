using System.Globalization;
using AiApp.Rag.Ingestion.Chunking;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Jobs;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Tenants;

namespace AiApp.Rag.Ingestion;

/// <summary>An upload as its job finds it.</summary>
internal sealed record Upload(string SourceUri, string MediaType, byte[] Bytes, int CollectionId, string CollectionLanguage, byte[] ContentHash);

/// <summary>A version that has been read and chunked, and has no vectors yet.</summary>
internal sealed record ReadVersion(HeldJob Held, Upload Upload, ReadDocument Document, IReadOnlyList<Chunk> Chunks, StageTimes Times)
{
    public Job Job => Held.Job;

    public string TextOf(Chunk chunk) => chunk.TextOf(Document.CanonicalText);
}

/// <summary>Milliseconds. Embedding is that of the whole group: its texts are embedded by the same calls.</summary>
internal sealed record StageTimes(double Reading, double Chunking, double Embedding = 0)
{
    public string ToJson() => string.Create(
        CultureInfo.InvariantCulture, $$"""{"reading":{{Reading:0.##}},"chunking":{{Chunking:0.##}},"embedding":{{Embedding:0.##}}}""");
}

/// <summary>Everything of one tenant that becomes visible at once. Vectors stand in the order of the versions and their chunks.</summary>
internal sealed record PreparedGroup(TenantId Tenant, IReadOnlyList<ReadVersion> Versions, IReadOnlyList<SpaceVectors> Vectors);

/// <summary>The vectors of one embedding space, in the order of the chunks.</summary>
internal sealed record SpaceVectors(EmbeddingSpace Space, IReadOnlyList<Half[]> Vectors);
