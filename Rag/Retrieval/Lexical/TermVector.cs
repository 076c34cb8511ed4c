using System.Globalization;

namespace AiApp.Rag.Retrieval.Lexical;

/// <summary>Terms of a question as text of a sparsevec; dimensions are those of lexeme_dimension in Database/Migrations.</summary>
internal static class TermVector
{
    private const int Dimensions = 1_000_000_000;

    /// <summary>Two lexemes on one dimension count as the heavier of them; one that no chunk holds counts nothing.</summary>
    public static IReadOnlyList<QueryTerm> Counted(IEnumerable<QueryTerm> terms) =>
        [.. terms.Where(term => term.ChunkCount > 0).GroupBy(term => term.Dimension).Select(same => same.MaxBy(term => term.Weight)!)];

    public static string Of(params IEnumerable<QueryTerm> counted) =>
        $"{{{string.Join(',', counted.Select(term => string.Create(CultureInfo.InvariantCulture, $"{term.Dimension}:{term.Weight:R}")))}}}/{Dimensions}";
}
