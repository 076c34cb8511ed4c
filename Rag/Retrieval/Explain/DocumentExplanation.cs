using AiApp.Rag.Documents;

namespace AiApp.Rag.Retrieval.Explain;

/// <summary>How far a document came, by the chunk of it that came farthest.</summary>
public sealed record DocumentExplanation
{
    public required Document Document { get; init; }
    public required DocumentFate Fate { get; init; }

    /// <summary>One sentence for a person.</summary>
    public required string Reason { get; init; }

    /// <summary>What each stage says of the document, in the order of the stages.</summary>
    public required IReadOnlyList<StageFinding> Findings { get; init; }

    /// <summary>Each of its chunks that was looked at, in the order of the scores.</summary>
    public IReadOnlyList<ChunkFinding> Chunks { get; init; } = [];

    /// <summary>Lexemes of the question that no chunk of the document holds.</summary>
    public IReadOnlyList<string> MissingWords { get; init; } = [];

    /// <summary>The chunk that came farthest, null when the document has none.</summary>
    public long? ChunkId { get; init; }
    public string? HeadingPath { get; init; }
}

/// <summary>A stage's verdict: <c>lexical</c>, <c>vector</c>, <c>fusion</c> or <c>evidence</c>.</summary>
public sealed record StageFinding(string Stage, DocumentFate Fate, string Reason);

public sealed record ChunkFinding(long ChunkId, string HeadingPath, DocumentFate Fate, string Reason);

public enum DocumentFate
{
    /// <summary>Found by this leg, or shown as a passage.</summary>
    Found,
    MergedIntoPassage,
    NotReady,
    OtherCollection,

    /// <summary>Excluded by a <c>-word</c> of the question.</summary>
    Excluded,

    /// <summary>Lacks a phrase that the question has in quotes.</summary>
    LacksPhrase,
    NoCommonWord,
    BelowLexicalDepth,
    NoEmbedding,
    BelowVectorDepth,

    /// <summary>Nearer than the last place of the vector leg, but the approximate index did not visit it.</summary>
    MissedByVectorIndex,
    BelowFusedDepth,

    /// <summary>Replaced or deleted while the question was answered.</summary>
    Replaced,
    Outdated,
    DuplicateOfPassage,
    CrowdedOut,
    BelowTop,
    OverTokenBudget,
}
