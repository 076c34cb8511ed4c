namespace AiApp.Rag.Retrieval.Evidence;

/// <summary>A found chunk on its way to being a passage, with everything that was decided about it.</summary>
internal sealed record Candidate
{
    public required FetchedChunk Fetched { get; init; }

    /// <summary>The fused score, changed by the decisions in their order.</summary>
    public required double Score { get; init; }
    public IReadOnlyList<EvidenceDecision> Decisions { get; init; } = [];

    /// <summary>The same text in other documents.</summary>
    public IReadOnlyList<RetrievedChunk> Duplicates { get; init; } = [];

    /// <summary>The chunks that make up the passage, in the order of the text; the candidate's own among them.</summary>
    public required IReadOnlyList<FetchedChunk> Parts { get; init; }

    public long Id => Fetched.Chunk.ChunkId;
    public int TokenCount => Parts.Sum(part => part.TokenCount);

    /// <summary>A candidate that is out stays in the list, so that its fate can be told.</summary>
    public bool IsOut => Decisions is [.., { IsFinal: true }];

    public static Candidate Of(FetchedChunk fetched) => new() { Fetched = fetched, Score = fetched.Chunk.Score, Parts = [fetched] };

    public Candidate With(EvidenceDecision decision) =>
        this with { Decisions = [.. Decisions, decision], Score = decision.Score ?? Score * (decision.Factor ?? 1) };

    /// <summary>With chunks that adjoin its first or its last part.</summary>
    public Candidate Join(IReadOnlyList<FetchedChunk> parts) =>
        this with { Parts = PassageText.Adjoin(Parts[^1], parts[0]) ? [.. Parts, .. parts] : [.. parts, .. Parts] };

    /// <summary>The passage as it is shown: one contiguous span of its version.</summary>
    public RetrievedChunk ToPassage() => PassageText.Join(Parts) with
    {
        ChunkId = Id,
        Score = Score,
        Lexical = Fetched.Chunk.Lexical,
        Vector = Fetched.Chunk.Vector,
        Decisions = Decisions,
        PartIds = [.. Parts.Select(part => part.Chunk.ChunkId)],
        AlsoIn = [.. Duplicates.Where(other => other.DocumentId != Fetched.Chunk.DocumentId)
            .Select(other => new DocumentReference(other.DocumentId, other.Title, other.SourceUri)).Distinct()],
    };
}
