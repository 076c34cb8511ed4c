namespace AiApp.Rag.Answering.Grounding;

/// <summary>The longest row of words that two texts have in the same order.</summary>
internal static class Alignment
{
    // Longer ones are no sentences; the table grows by the product.
    private const int MostTokens = 400;

    /// <summary>Places in both.</summary>
    public static IReadOnlyList<(int One, int Other)> Of(IReadOnlyList<Token> one, IReadOnlyList<Token> other)
    {
        var (rows, columns) = (Math.Min(one.Count, MostTokens), Math.Min(other.Count, MostTokens));
        // From a place on, so that it can be walked from the beginning.
        var longest = new int[rows + 1, columns + 1];
        for (var i = rows - 1; i >= 0; i--)
        {
            for (var j = columns - 1; j >= 0; j--)
            {
                longest[i, j] = one[i].Word == other[j].Word ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
            }
        }
        var pairs = new List<(int, int)>();
        for (var (i, j) = (0, 0); i < rows && j < columns;)
        {
            if (one[i].Word == other[j].Word)
            {
                pairs.Add((i++, j++));
            }
            else if (longest[i + 1, j] >= longest[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }
        return pairs;
    }
}
