using System.Runtime.InteropServices;
using AiApp.Contracts;

namespace AiApp.Web.Components.Evidence;

/// <summary>What to show of which version: the passage pale, the quote strong.</summary>
public sealed record EvidenceTarget
{
    public required Guid DocumentId { get; init; }
    public required long VersionId { get; init; }
    public required string Title { get; init; }
    public required string HeadingPath { get; init; }

    /// <summary>That of the first cited character, where the format has pages.</summary>
    public int? Page { get; init; }
    public required TextSpan Passage { get; init; }
    public TextSpan? Quote { get; init; }

    /// <summary>What must stand at the place; a highlight of anything else would be worse than none.</summary>
    public required string Expected { get; init; }

    public static EvidenceTarget Of(CitationDto citation) => new()
    {
        DocumentId = citation.DocumentId,
        VersionId = citation.VersionId,
        Title = citation.Title,
        HeadingPath = AiApp.Web.Answers.HeadingPath.Below(citation.Title, citation.HeadingPath),
        Page = citation.Page,
        Passage = new TextSpan(citation.PassageStartOffset, citation.PassageLength),
        Quote = new TextSpan(citation.StartOffset, citation.Length),
        Expected = citation.Quote,
    };

    public static EvidenceTarget Of(PassageDto passage) => new()
    {
        DocumentId = passage.DocumentId,
        VersionId = passage.VersionId,
        Title = passage.Title,
        HeadingPath = AiApp.Web.Answers.HeadingPath.Below(passage.Title, passage.HeadingPath),
        Page = passage.Page,
        Passage = new TextSpan(passage.StartOffset, passage.Length),
        Expected = passage.Text,
    };

    /// <summary>The place the reader is taken to.</summary>
    public TextSpan Main => Quote ?? Passage;

    /// <summary>The highlight in this text, or null when the expected words do not stand there.</summary>
    public Highlight? PlaceIn(string text) =>
        Main.IsWithin(text) && text.AsSpan(Main.Start, Main.Length).SequenceEqual(Expected)
            ? new Highlight(Passage.IsWithin(text) ? Passage : Main, Quote)
            : null;
}

/// <summary>Offsets in UTF-16 code units of a version's canonical text.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TextSpan(int Start, int Length)
{
    public int End => Start + Length;

    public bool IsWithin(string text) => Start >= 0 && Length > 0 && End <= text.Length && End > Start;
}

public sealed record Highlight(TextSpan Passage, TextSpan? Quote)
{
    public TextSpan Main => Quote ?? Passage;
}
