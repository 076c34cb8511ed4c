using AiApp.Rag.Access;
using AiApp.Rag.Answering.Grounding;
using AiApp.Rag.Answering.Replays;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Tenants;

namespace AiApp.Rag.Answering;

public sealed record Question
{
    public required TenantId Tenant { get; init; }
    public required string Text { get; init; }
    public string? Collection { get; init; }
    public string? AskedBy { get; init; }

    /// <summary>The public id of the key that asks; null for a developer's own machine.</summary>
    public string? ApiKey { get; init; }

    /// <summary>No cached answer is given; what is written takes the place of one.</summary>
    public bool IsFresh { get; init; }

    /// <summary>Chosen before where something else names the answer, too; null as a rule.</summary>
    public Guid? AnswerId { get; init; }

    /// <summary>Only documents that one of these may read are used.</summary>
    public PrincipalSet Principals { get; init; } = PrincipalSet.Everyone;

    /// <summary>How an earlier answer is given again; null as a rule.</summary>
    public ReplayPlan? Replay { get; init; }
}

public enum AnswerOutcome { Answered, InsufficientContext }

/// <summary>A marker of the answer resolved to a span of a document version; the quote stands there literally.</summary>
public sealed record Citation
{
    public required int Marker { get; init; }
    public required RetrievedChunk Chunk { get; init; }
    public required string Quote { get; init; }

    /// <summary>UTF-16 offset and length of the quote in the version's canonical text.</summary>
    public required int StartOffset { get; init; }
    public required int Length { get; init; }

    /// <summary>The page that the quote begins on, where the format has pages.</summary>
    public int? Page { get; init; }
}

/// <summary>Sentences of the model that the passages support, and why others were left out: words of <see cref="Grounding.ClaimFaults"/>.</summary>
public sealed record AnswerGrounding(int Supported, IReadOnlyList<string> Removed)
{
    /// <summary>Of the supported sentences those that a model wrote in the place of some that were left out.</summary>
    public int Repaired { get; init; }

    /// <summary>Other documents that say otherwise than what is cited.</summary>
    public IReadOnlyList<Conflict> Conflicts { get; init; } = [];

    /// <summary>Without an answer: what the question speaks of and no passage does.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}

public sealed record TokenUsage(int? InputTokens, int? OutputTokens);

/// <summary>An answer that was given before, and when.</summary>
public sealed record CachedOrigin(Guid AnswerId, DateTimeOffset At)
{
    /// <summary>When it was given again.</summary>
    public required TimeSpan Age { get; init; }
}

public sealed record Answer
{
    public required Guid Id { get; init; }
    public required string Question { get; init; }
    public required string Text { get; init; }
    public required AnswerOutcome Outcome { get; init; }
    public required IReadOnlyList<Citation> Citations { get; init; }

    /// <summary>The passages shown to the model, in the order of their numbers; the nearest ones when nothing answers.</summary>
    public required IReadOnlyList<RetrievedChunk> Passages { get; init; }
    public required TokenUsage Usage { get; init; }

    /// <summary>Null in records of before sentences were checked.</summary>
    public AnswerGrounding? Grounding { get; init; }

    /// <summary>Null when no model was called.</summary>
    public AnswerCall? Call { get; init; }

    /// <summary>The answer that this one repeats; null when it was written for this question.</summary>
    public CachedOrigin? Cached { get; init; }
    public required string Provider { get; init; }
    public required string Model { get; init; }
    public required string PromptVersion { get; init; }
    public required IReadOnlyList<StageTiming> Stages { get; init; }
    public required int DurationMs { get; init; }
}

/// <summary>What happens while an answer comes to be. The last item is <see cref="Completed"/>.</summary>
public abstract record AnswerProgress
{
    private AnswerProgress()
    {
    }

    public sealed record StageStarted(string Name, double ElapsedMs) : AnswerProgress;

    /// <summary>Checked text: each marker in it belongs to a citation already sent.</summary>
    public sealed record Delta(string Text) : AnswerProgress;

    public sealed record Cited(Citation Citation) : AnswerProgress;

    public sealed record Completed(Answer Answer) : AnswerProgress;
}
