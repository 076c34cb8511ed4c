using System.Globalization;
using System.Text;

namespace AiApp.Rag.Retrieval.Lexical;

/// <summary>The question as the lexical leg uses it: terms, rarest first.</summary>
internal sealed class LexicalQuery
{
    // The largest weight a lexeme can have in a chunk: tf*(k1+1)/(tf+...) stays below k1+1.
    private const double MaximumWeight = 2.2;

    private LexicalQuery(IReadOnlyList<QueryTerm> terms, long total)
    {
        Terms = terms;
        Total = total;
    }

    public IReadOnlyList<QueryTerm> Terms { get; }

    /// <summary>Chunks in the collections searched (N).</summary>
    public long Total { get; }

    public static LexicalQuery Create(IEnumerable<(string Lexeme, int Dimension, int Frequency, long ChunkCount)> rows)
    {
        var all = rows.ToList();
        var total = all.Where(row => row.Lexeme.Length == 0).Sum(row => row.ChunkCount);
        return new([.. all.Where(row => row.Lexeme.Length > 0)
            .Select(row => new QueryTerm(row.Lexeme, row.Dimension, row.ChunkCount, Idf(total, row.ChunkCount)) { Frequency = row.Frequency })
            .OrderBy(term => term.ChunkCount).ThenBy(term => term.Lexeme, StringComparer.Ordinal)], total);
    }

    /// <summary>Terms that occur at all; only they can bring candidates.</summary>
    public IReadOnlyList<QueryTerm> Known => [.. Terms.Where(term => term.ChunkCount > 0)];

    /// <summary>The rarest known terms whose chunks together stay within the budget; always at least one.</summary>
    public IReadOnlyList<QueryTerm> TakeRarest(int budget)
    {
        long sum = 0;
        return [.. Known.TakeWhile((term, i) => (sum += term.ChunkCount) <= budget || i == 0)];
    }

    /// <summary>The highest score a chunk with none of the first <paramref name="taken"/> known terms can reach.</summary>
    public double BoundBeyond(int taken) => Known.Skip(taken).Sum(term => term.Weight * MaximumWeight);

    public static string ToTsQuery(IEnumerable<QueryTerm> terms) => string.Join(" | ", terms.Select(term =>
        "'" + term.Lexeme.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal) + "'"));

    public string ToSparseVector()
    {
        var text = new StringBuilder("{");
        foreach (var group in Known.GroupBy(term => term.Dimension))
        {
            text.Append(text.Length > 1 ? "," : "").Append(group.Key).Append(':')
                .Append(group.Max(term => term.Weight).ToString("R", CultureInfo.InvariantCulture));
        }
        return text.Append("}/1000000000").ToString();
    }

    private static double Idf(long total, long count) => Math.Log(1 + (Math.Max(0, total - count) + 0.5) / (count + 0.5));
}
