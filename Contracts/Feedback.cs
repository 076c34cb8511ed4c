using System.Text.Json.Serialization;

namespace AiApp.Contracts;

/// <summary>What you say of an answer that was given to you. It replaces what you said of it before.</summary>
public sealed record FeedbackRequest
{
    public const int MaxLength = 2_000;

    /// <summary>One of <see cref="Verdicts"/>.</summary>
    public required string Verdict { get; init; }

    /// <summary>One of <see cref="FeedbackReasons"/>; with a bad verdict, and only with one.</summary>
    public string? Reason { get; init; }
    public string? Comment { get; init; }

    /// <summary>What the answer should have said, best in the words of the document: a figure, a name, a short phrase. With a bad verdict only.</summary>
    public string? ExpectedAnswer { get; init; }

    /// <summary>The source URI of the document that should have been cited. With a bad verdict only.</summary>
    public string? ExpectedDocument { get; init; }
}

public static class Verdicts
{
    public const string Good = "good";
    public const string Bad = "bad";

    public static IReadOnlyList<string> All { get; } = [Good, Bad];
}

public static class FeedbackReasons
{
    public const string Wrong = "wrong";
    public const string Incomplete = "incomplete";
    public const string WrongSource = "wrong_source";
    public const string OutOfDate = "out_of_date";
    public const string TooSlow = "too_slow";
    public const string Unsafe = "unsafe";
    public const string Other = "other";

    public static IReadOnlyList<string> All { get; } = [Wrong, Incomplete, WrongSource, OutOfDate, TooSlow, Unsafe, Other];
}

/// <summary>The question that the answer is to is told by <see cref="GoldenCandidateDto"/> alone.</summary>
public sealed record FeedbackDto
{
    public required Guid AnswerId { get; init; }
    public required string Verdict { get; init; }
    public string? Reason { get; init; }
    public string? Comment { get; init; }
    public string? ExpectedAnswer { get; init; }
    public string? ExpectedDocument { get; init; }
    public required string GivenBy { get; init; }
    public required DateTimeOffset GivenAt { get; init; }
}

/// <summary>Which feedback is asked for; of the last 30 days without a range.</summary>
public sealed record FeedbackFilter
{
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
    public string? Verdict { get; init; }
    public string? Reason { get; init; }
}

/// <summary>
/// A line of a golden set, made of a bad answer: what <c>Evals -- answers</c> reads, and what a person needs to complete it. A line
/// with a <see cref="Review"/> is left out there, because a question without a document is one that must not be answered.
/// </summary>
public sealed record GoldenCandidateDto
{
    public required string Id { get; init; }
    public required string Question { get; init; }

    /// <summary>The document that the giver has named.</summary>
    public string? Document { get; init; }

    /// <summary>What the giver expected, where it is short enough to stand in an answer literally.</summary>
    [JsonPropertyName("must_contain")]
    public IReadOnlyList<string> MustContain { get; init; } = [];

    /// <summary>"feedback_" and the reason.</summary>
    public required string Kind { get; init; }

    /// <summary>What is missing; null when the line can be used as it is.</summary>
    public string? Review { get; init; }
    public string? Collection { get; init; }
    public string? Expected { get; init; }
    public string? Comment { get; init; }

    /// <summary>Null where you may not read every document behind it; so are the cited ones.</summary>
    public string? Answer { get; init; }
    public IReadOnlyList<string>? Cited { get; init; }
    public required Guid AnswerId { get; init; }
    public required DateTimeOffset GivenAt { get; init; }
}
