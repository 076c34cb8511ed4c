using System.Globalization;

namespace AiApp.Rag.Ingestion.Chunking;

/// <summary>
/// An estimate, not a tokenizer's count: models differ. The larger of a quarter of the characters and 1.3 times the words
/// (OpenAI's rules of thumb for English), and one token for each ideograph, kana or Hangul syllable.
/// </summary>
internal static class TokenEstimate
{
    public static int Of(ReadOnlySpan<char> text)
    {
        var words = 0;
        var dense = 0;
        var inWord = false;
        foreach (var c in text)
        {
            var isDense = c >= '\u2E80' && IsDense(c);
            var isWord = !isDense && !char.IsWhiteSpace(c);
            words += isWord && !inWord ? 1 : 0;
            dense += isDense ? 1 : 0;
            inWord = isWord;
        }

        return dense + Math.Max((text.Length - dense + 3) / 4, (int)Math.Ceiling(words * 1.3));
    }

    // Surrogates are left to the quarter: a pair counts as half a token, as emoji and rare ideographs roughly do.
    private static bool IsDense(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.OtherLetter;
}
