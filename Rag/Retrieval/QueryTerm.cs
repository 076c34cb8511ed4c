namespace AiApp.Rag.Retrieval;

/// <summary>A lexeme of the question with its inverse document frequency, ln(1 + (N - df + 0.5) / (df + 0.5)).</summary>
public sealed record QueryTerm(string Lexeme, int Dimension, long ChunkCount, double Idf)
{
    /// <summary>How often the question holds it: a long question repeats what it is about.</summary>
    public int Frequency { get; init; } = 1;

    /// <summary>No chunk holds the lexeme with a larger BM25 weight; k1 + 1 when nothing closer is known.</summary>
    public double MaxWeight { get; init; } = 2.2;

    /// <summary>What the term counts in the sum that BM25 is.</summary>
    public double Weight => Idf * Frequency;
}
