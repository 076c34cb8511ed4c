namespace AiApp.Contracts;

/// <summary>An answer, its question answered again, and what lies between the two.</summary>
public sealed record ReplayDto
{
    public required AnswerDto Original { get; init; }

    /// <summary>An answer like others, by an id of its own; it is counted and listed with no others.</summary>
    public required AnswerDto Replay { get; init; }

    /// <summary>One of <see cref="ReplayEvidences"/>.</summary>
    public required string Evidence { get; init; }

    /// <summary>Letter by letter, markers included.</summary>
    public required bool SameText { get; init; }
    public required bool SameOutcome { get; init; }

    /// <summary>Citations are the same when they quote the same words of the same document, of whatever version.</summary>
    public required IReadOnlyList<CitationDto> KeptCitations { get; init; }
    public required IReadOnlyList<CitationDto> GoneCitations { get; init; }
    public required IReadOnlyList<CitationDto> NewCitations { get; init; }

    /// <summary>The replay's less the original's; null where one of them did not tell.</summary>
    public int? InputTokensMore { get; init; }
    public int? OutputTokensMore { get; init; }
    public required decimal CostDollarsMore { get; init; }
    public required int DurationMsMore { get; init; }

    /// <summary>What of the recorded state is gone, so that today's stood in: words of <see cref="ReplayMissing"/>. Empty as a rule.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Documents of the recorded evidence that have another version today.</summary>
    public required IReadOnlyList<ChangedDocumentDto> ChangedDocuments { get; init; }
}

public sealed record ChangedDocumentDto
{
    public required Guid DocumentId { get; init; }
    public required string SourceUri { get; init; }
    public required int RecordedVersion { get; init; }
    public required int CurrentVersion { get; init; }
}

public static class ReplayEvidences
{
    /// <summary>The passages that the answer was written from.</summary>
    public const string Recorded = "recorded";

    /// <summary>Retrieved anew.</summary>
    public const string New = "new";
}

public static class ReplayMissing
{
    public const string PromptVersion = "prompt_version";

    /// <summary>It is no longer configured.</summary>
    public const string Model = "model";

    /// <summary>The answer was recorded before the question's terms were; the local model writes by them.</summary>
    public const string QueryTerms = "query_terms";
    public const string Collection = "collection";
}
