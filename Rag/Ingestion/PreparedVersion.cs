using AiApp.Rag.Ingestion.Chunking;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Retrieval.Vector;

namespace AiApp.Rag.Ingestion;

/// <summary>An upload as its job finds it.</summary>
internal sealed record Upload(string SourceUri, string MediaType, byte[] Bytes, int CollectionId, string CollectionLanguage, byte[] ContentHash);

/// <summary>Everything that becomes visible at once.</summary>
internal sealed record PreparedVersion(Upload Upload, ReadDocument Document, IReadOnlyList<Chunk> Chunks, IReadOnlyList<SpaceVectors> Vectors);

/// <summary>The vectors of one embedding space, in the order of the chunks.</summary>
internal sealed record SpaceVectors(EmbeddingSpace Space, IReadOnlyList<Half[]> Vectors);
