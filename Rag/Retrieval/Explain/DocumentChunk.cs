namespace AiApp.Rag.Retrieval.Explain;

/// <summary>A chunk of the document that is asked about, scored by both legs whether they found it or not.</summary>
internal sealed record DocumentChunk
{
    public required long Id { get; init; }
    public required string HeadingPath { get; init; }
    public required IReadOnlyList<TermContribution> Terms { get; init; }

    /// <summary>Cosine similarity to the question; null without a vector in the space that was searched.</summary>
    public double? Similarity { get; init; }

    public double LexicalScore => Terms.Sum(term => term.Product);
}
