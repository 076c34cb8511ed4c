namespace AiApp.Rag.Retrieval.Evidence;

/// <summary>A chunk as it was read, with what joins it to the chunk before it in the same section.</summary>
internal sealed record FetchedChunk
{
    public required RetrievedChunk Chunk { get; init; }

    /// <summary>Place among the chunks of its version, from 0.</summary>
    public required int Ordinal { get; init; }
    public required int TokenCount { get; init; }

    /// <summary>The literal text between the chunk before and this one; null when that chunk was not read.</summary>
    public string? Gap { get; init; }
}
