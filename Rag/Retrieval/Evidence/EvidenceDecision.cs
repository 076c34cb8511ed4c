namespace AiApp.Rag.Retrieval.Evidence;

/// <summary>
/// One step's decision about a candidate. <see cref="ChunkId"/> is the other chunk it concerns; <see cref="Value"/> was held
/// against <see cref="Limit"/> (places or tokens).
/// </summary>
public sealed record EvidenceDecision(EvidenceReason Reason)
{
    /// <summary>What the score was multiplied by.</summary>
    public double? Factor { get; init; }

    /// <summary>What the score became, where it is no multiple of what it was.</summary>
    public double? Score { get; init; }
    public long? ChunkId { get; init; }
    public int? Value { get; init; }
    public int? Limit { get; init; }

    /// <summary>True when the candidate is no passage of its own from here on.</summary>
    internal bool IsFinal => Reason is EvidenceReason.DuplicateOf or EvidenceReason.MergedInto or EvidenceReason.BelowTop or EvidenceReason.OverBudget;
}

public enum EvidenceReason
{
    /// <summary>Not valid at the time the question is about: <see cref="EvidenceDecision.Factor"/>.</summary>
    Outdated,

    /// <summary>The reranker gave it another score.</summary>
    Reranked,

    /// <summary>A better candidate says the same.</summary>
    DuplicateOf,

    /// <summary>Its document already has passages above it: <see cref="EvidenceDecision.Factor"/>.</summary>
    RepeatedDocument,

    /// <summary>Stands beside a better candidate of its section, and became part of that passage.</summary>
    MergedInto,

    /// <summary>Every place was taken.</summary>
    BelowTop,

    /// <summary>Longer than what was left of the tokens.</summary>
    OverBudget,

    /// <summary>Became a passage, in place <see cref="EvidenceDecision.Value"/>.</summary>
    Kept,

    /// <summary>A neighbour that was not found itself became part of the passage.</summary>
    Extended,
}
