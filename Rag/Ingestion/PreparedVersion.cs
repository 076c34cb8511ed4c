using AiApp.Rag.Ingestion.Chunking;
using AiApp.Rag.Ingestion.Reading;

namespace AiApp.Rag.Ingestion;

/// <summary>An upload as its job finds it.</summary>
internal sealed record Upload(string SourceUri, string MediaType, byte[] Bytes, int CollectionId, string CollectionLanguage, byte[] ContentHash);

/// <summary>Everything that becomes visible at once; vectors in the order of the chunks.</summary>
internal sealed record PreparedVersion(Upload Upload, ReadDocument Document, IReadOnlyList<Chunk> Chunks, IReadOnlyList<Half[]> Vectors);
