namespace AiApp.Rag.Retrieval.Lexical;

/// <summary>The question as the lexical leg uses it: terms, rarest first, with the statistics of the collections searched.</summary>
internal sealed class LexicalQuery
{
    private LexicalQuery(IReadOnlyList<QueryTerm> terms)
    {
        Terms = terms;
        Known = [.. terms.Where(term => term.ChunkCount > 0)];
        Vector = TermVector.Of(TermVector.Counted(terms));
    }

    public IReadOnlyList<QueryTerm> Terms { get; }

    /// <summary>Terms that occur at all; only they can bring candidates.</summary>
    public IReadOnlyList<QueryTerm> Known { get; }

    /// <summary>Terms of phrases: a chunk without one of them cannot be meant.</summary>
    public required IReadOnlyList<QueryTerm> Required { get; init; }

    /// <summary>What a chunk's lexemes must match, as a tsquery; null when anything may be found.</summary>
    public string? Constraint { get; private init; }

    /// <summary>As text of a sparsevec; the score of a chunk is its inner product with it.</summary>
    public string Vector { get; }

    /// <summary>The row of the empty lexeme tells N.</summary>
    public static LexicalQuery Create(IReadOnlyList<QuestionLexeme> rows, string? constraint = null)
    {
        var total = rows.Where(row => row.Lexeme.Length == 0).Sum(row => row.ChunkCount);
        var terms = rows.Where(row => row.Lexeme.Length > 0)
            .OrderBy(row => row.ChunkCount).ThenBy(row => row.Lexeme, StringComparer.Ordinal)
            .Select(row => (row.IsRequired, Term: new QueryTerm(row.Lexeme, row.Dimension, row.ChunkCount, Idf(total, row.ChunkCount))
            {
                Frequency = row.Frequency,
                MaxWeight = row.MaxWeight,
            }))
            .ToList();
        return new([.. terms.Select(term => term.Term)])
        {
            Required = [.. terms.Where(term => term.IsRequired).Select(term => term.Term)],
            Constraint = constraint,
        };
    }

    private static double Idf(long total, long count) => Math.Log(1 + (Math.Max(0, total - count) + 0.5) / (count + 0.5));
}

/// <summary>A lexeme of the question as the database counts it over the collections searched.</summary>
internal sealed record QuestionLexeme(string Lexeme, int Dimension, int Frequency, long ChunkCount, float MaxWeight, bool IsRequired = false);
