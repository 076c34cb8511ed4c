namespace AiApp.Rag.Answering.Replays;

/// <summary>An answer, the same question answered again, and what lies between the two.</summary>
public sealed record AnswerReplay
{
    public required Answer Original { get; init; }
    public required Answer Replay { get; init; }

    /// <summary>What of the recorded state is gone: words of <see cref="MissingState"/>. Today's was used in its place.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Cited or shown documents that have another version today.</summary>
    public required IReadOnlyList<ChangedDocument> Changed { get; init; }
}

public sealed record ChangedDocument(Guid DocumentId, string SourceUri, int RecordedVersion, int CurrentVersion);

public static class MissingState
{
    public const string PromptVersion = "prompt_version";

    /// <summary>It is no longer configured.</summary>
    public const string Model = "model";

    /// <summary>The answer was recorded before terms were.</summary>
    public const string QueryTerms = "query_terms";
    public const string Collection = "collection";
}

/// <summary>Two citations are the same when they quote the same words of the same document, of whatever version.</summary>
public sealed record CitationChanges(IReadOnlyList<Citation> Kept, IReadOnlyList<Citation> Gone, IReadOnlyList<Citation> New)
{
    public static CitationChanges Between(Answer original, Answer replay)
    {
        var (before, after) = (original.Citations.Select(Key).ToHashSet(), replay.Citations.Select(Key).ToHashSet());
        return new(
            [.. replay.Citations.Where(citation => before.Contains(Key(citation)))],
            [.. original.Citations.Where(citation => !after.Contains(Key(citation)))],
            [.. replay.Citations.Where(citation => !before.Contains(Key(citation)))]);
    }

    private static (Guid, string) Key(Citation citation) => (citation.Chunk.DocumentId, citation.Quote);
}
