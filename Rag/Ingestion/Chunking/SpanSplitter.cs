using System.Globalization;
using AiApp.Rag.Text;

namespace AiApp.Rag.Ingestion.Chunking;

/// <summary>Cuts a span that is larger than the budget: at sentence ends and line breaks, else at spaces, else between characters.</summary>
internal static class SpanSplitter
{
    public static List<TextSpan> Split(string text, TextSpan span, int maxTokens)
    {
        var pieces = new List<TextSpan>();
        foreach (var sentence in SentenceSplitter.Split(span.Of(text)))
        {
            var rest = new TextSpan(span.Start + sentence.Start, sentence.Length);
            while (IsOver(text.AsSpan(rest.Start, rest.Length), maxTokens))
            {
                var length = FirstPiece(text.AsSpan(rest.Start, rest.Length), maxTokens);
                pieces.Add(new TextSpan(rest.Start, length));
                rest = new TextSpan(rest.Start + length, rest.Length - length);
            }

            pieces.Add(rest);
        }

        return pieces;
    }

    // Four characters are at least one token: a long rest need not be counted again for each of its pieces.
    private static bool IsOver(ReadOnlySpan<char> text, int maxTokens) => text.Length > maxTokens * 4 || TokenEstimate.Of(text) > maxTokens;

    /// <summary>The longest start within the budget that ends at white space, or else between two user-perceived characters.</summary>
    private static int FirstPiece(ReadOnlySpan<char> text, int maxTokens)
    {
        var low = 1;
        var high = Math.Min(text.Length, maxTokens * 4);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = TokenEstimate.Of(text[..middle]) <= maxTokens ? (middle, high) : (low, middle - 1);
        }

        var space = text[..low].LastIndexOfAny(' ', '\n', '\t');
        return space > 0 ? space + 1 : WholeCharacters(text, low);
    }

    private static int WholeCharacters(ReadOnlySpan<char> text, int limit)
    {
        var length = 0;
        // One more than the limit tells whether a character ends there; marks without end would be counted for each piece.
        var near = text[..Math.Min(text.Length, limit + 1)];
        while (length < limit && StringInfo.GetNextTextElementLength(near[length..]) is var next && length + next <= limit)
        {
            length += next;
        }

        // One character with combining marks beyond the budget: then at least no surrogate pair is torn.
        return length > 0 ? length : limit > 1 && char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : Math.Max(limit, char.IsHighSurrogate(text[0]) ? 2 : 1);
    }
}
