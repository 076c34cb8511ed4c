using AiApp.Rag.Answering;
using AiApp.Rag.Caching.Flights;

namespace AiApp.Rag.Caching;

/// <summary>An answer as it is kept, with everything that says whether it may be given again.</summary>
internal sealed record CachedAnswer
{
    /// <summary>Raised whenever what is kept, or how it is judged, changes.</summary>
    public const int CurrentFormat = 2;

    public required int Format { get; init; }
    public required Guid AnswerId { get; init; }
    public required string Question { get; init; }
    public required DateTimeOffset AnsweredAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required string Text { get; init; }
    public required IReadOnlyList<CachedCitation> Citations { get; init; }

    /// <summary>What its first reader was told about its sentences, and every later one is: as <see cref="AnswerGrounding"/> has it.</summary>
    public required int Supported { get; init; }
    public required IReadOnlyList<string> Removed { get; init; }
    public required int Repaired { get; init; }

    /// <summary>The chunks of the evidence that it was written from.</summary>
    public required IReadOnlyList<long> ChunkIds { get; init; }

    /// <summary>What had been committed when that evidence was read.</summary>
    public required string Snapshot { get; init; }
    public required string Provider { get; init; }
    public required string Model { get; init; }
    public required int DurationMs { get; init; }

    /// <summary>Nanodollars that the model's call has cost.</summary>
    public required long Cost { get; init; }
}

/// <summary>A quote by its place in a document's version.</summary>
internal sealed record CachedCitation(int Marker, long VersionId, Guid DocumentId, int StartOffset, int Length, string Quote)
{
    public static CachedCitation Of(Citation citation) => new(
        citation.Marker, citation.Chunk.VersionId, citation.Chunk.DocumentId, citation.StartOffset, citation.Length, citation.Quote);
}

/// <summary>A cached answer that holds for another question: with the citations as they stand in the evidence found now.</summary>
internal sealed record CacheHit(CachedAnswer Cached, IReadOnlyList<Citation> Citations);

/// <summary>What the cache says about a question; with a hit, what is given, and without one the flight that others wait for.</summary>
internal sealed record CacheDecision(CacheResult Result, CacheHit? Hit = null)
{
    public QuestionFlight? Flight { get; init; }

    /// <summary>Where an answer to this question is kept; null where none is.</summary>
    public CachePartition? Partition { get; init; }
}
