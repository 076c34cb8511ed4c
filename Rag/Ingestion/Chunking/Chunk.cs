namespace AiApp.Rag.Ingestion.Chunking;

/// <summary>A literal span of the canonical text, to be searched and cited as one.</summary>
internal sealed record Chunk
{
    /// <summary>"title > section > subsection".</summary>
    public required string HeadingPath { get; init; }
    public required int Start { get; init; }
    public required int Length { get; init; }

    /// <summary>That of the first character, counted from 1; null where the format has no pages.</summary>
    public int? Page { get; init; }
    public required int TokenCount { get; init; }

    public string TextOf(string canonicalText) => canonicalText.Substring(Start, Length);
}
