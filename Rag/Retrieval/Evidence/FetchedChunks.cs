namespace AiApp.Rag.Retrieval.Evidence;

/// <summary>The chunks that were asked for, in that order, and the neighbours of the first of them.</summary>
internal sealed record FetchedChunks(IReadOnlyList<FetchedChunk> Found, IReadOnlyList<FetchedChunk> Neighbours);
