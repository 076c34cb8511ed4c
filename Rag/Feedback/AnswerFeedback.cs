namespace AiApp.Rag.Feedback;

/// <summary>What somebody says of an answer that was given to them.</summary>
public sealed record AnswerFeedback
{
    public required Guid AnswerId { get; init; }

    /// <summary>good or bad.</summary>
    public required string Verdict { get; init; }

    /// <summary>Of a bad one: wrong, incomplete, wrong_source, out_of_date, too_slow, unsafe or other.</summary>
    public string? Reason { get; init; }
    public string? Comment { get; init; }
    public string? ExpectedAnswer { get; init; }

    /// <summary>The source URI of the document that should have been cited.</summary>
    public string? ExpectedDocument { get; init; }
    public string GivenBy { get; init; } = "";
    public DateTimeOffset GivenAt { get; init; }
}

/// <summary>Which feedback is looked for.</summary>
public sealed record FeedbackQuery
{
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }
    public string? Verdict { get; init; }
    public string? Reason { get; init; }
    public string? Cursor { get; init; }
    public required int Limit { get; init; }
}

public sealed record FeedbackPage<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>
/// A bad answer as a question of a golden set to be. What the documents say is told only to those who may read all of them.
/// </summary>
public sealed record GoldenCandidate
{
    public required AnswerFeedback Feedback { get; init; }
    public required string Question { get; init; }

    /// <summary>Null when all collections were asked.</summary>
    public string? Collection { get; init; }

    /// <summary>Null where a document behind it may not be read.</summary>
    public string? Answer { get; init; }

    /// <summary>The source URIs of the cited documents, in the order of their markers; empty as above.</summary>
    public required IReadOnlyList<string> Cited { get; init; }
}
