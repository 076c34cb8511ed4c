namespace AiApp.Rag.Ingestion.Reading.Tables;

/// <summary>Which character stands between the cells: the one that most rows have, in the most equal number.</summary>
internal static class CsvDelimiter
{
    private const int ProbedRows = 50;
    private const int ProbedCharacters = 100_000;
    private static readonly char[] Candidates = [',', ';', '\t', '|'];

    /// <summary>Excel writes and reads a first line such as "sep=;".</summary>
    public static char? Declared(string content) =>
        content.Length > 5 && content.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && content[5] is '\r' or '\n' ? content[4] : null;

    public static char Find(string content)
    {
        var best = (Delimiter: ',', Score: 0.0);
        foreach (var candidate in Candidates)
        {
            var counts = CountPerRow(content, candidate);
            var usual = counts.GroupBy(count => count).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key).First();
            // A row more or less with the same number says more than a delimiter more in each.
            var score = usual.Key == 0 ? 0 : ((double)usual.Count() / counts.Count) + (Math.Min(usual.Key, 100) / 1000.0);
            best = score > best.Score ? (candidate, score) : best;
        }

        return best.Delimiter;
    }

    private static List<int> CountPerRow(string content, char delimiter)
    {
        var counts = new List<int>();
        var (count, quoted, any) = (0, false, false);
        foreach (var c in content.AsSpan(0, Math.Min(content.Length, ProbedCharacters)))
        {
            quoted ^= c == '"';
            count += !quoted && c == delimiter ? 1 : 0;
            any |= !char.IsWhiteSpace(c);
            if (c == '\n' && !quoted)
            {
                if (any)
                {
                    counts.Add(count);
                }

                (count, any) = (0, false);
                if (counts.Count == ProbedRows)
                {
                    return counts;
                }
            }
        }

        return counts.Count == 0 || any ? [.. counts, count] : counts;
    }
}
