namespace AiApp.Rag.Gateway.Usage.Tokens;

/// <summary>
/// An estimate for models without a tokenizer here: the pieces that the pattern of o200k_base makes, one token each, and for each what its
/// characters add. How far it is from the true counts stands in docs/evaluation.md; Evals' command 'tokens' measures it.
/// </summary>
internal static class EstimatedTokens
{
    // Words of up to so many Latin letters are mostly one token, and so is a long row of the same sign.
    private const int ShortWord = 6;
    private const int MostSigns = 8;
    private const int MostSymbols = 4;

    // The same table tells how many texts take more nevertheless.
    private const double EstimateSpare = 1.4;
    private const double BytesSpare = 1.25;
    private const double BytesPerToken = 4;

    // Hundredths of a token: least squares of the relative error by the counts of o200k_base, over other texts than those of that table.
    private const int LetterOfLongWord = 23;
    private const int FurtherCapital = 17;
    private const int LatinBeyondAscii = 40;
    private const int CyrillicOrArabic = 15;
    private const int OtherAlphabet = 29;
    private const int Ideograph = 71;
    private const int Syllable = 61;
    private const int FurtherSign = 15;
    private const int Symbol = 126;

    public static int Of(ReadOnlySpan<char> text)
    {
        var (pieces, hundredths) = (0, 0L);
        for (var place = 0; place < text.Length; pieces++)
        {
            var end = SplitPattern.O200K(text, place);
            hundredths += Beyond(text[place..end]);
            place = end;
        }
        return pieces + (int)((hundredths + 99) / 100);
    }

    /// <summary>
    /// What a text hardly takes more than. Tokenizers of fewer entries than o200k_base split other languages than English more, up to
    /// about what the rule of thumb says, so that the larger of the two counts.
    /// </summary>
    public static long WithSpare(int estimate, int bytes) => (long)Math.Ceiling(Math.Max(estimate * EstimateSpare, bytes / BytesPerToken * BytesSpare));

    /// <summary>What a piece takes beyond its one token.</summary>
    private static long Beyond(ReadOnlySpan<char> piece)
    {
        var (latin, capitals, beyondAscii, signs, symbols) = (0, 0, 0, 0, 0);
        var (cyrillicOrArabic, otherAlphabet, ideographs, syllables) = (0, 0, 0, 0);
        foreach (var c in piece)
        {
            switch (c)
            {
                case >= 'a' and <= 'z':
                    latin++;
                    break;
                case >= 'A' and <= 'Z':
                    latin++;
                    capitals++;
                    break;
                case < '\u0080':
                    signs += c > ' ' && !char.IsAsciiDigit(c) ? 1 : 0;
                    break;
                // The first half of a pair stands for both.
                case >= '\uDC00' and <= '\uDFFF':
                    break;
                default:
                    _ = !CharacterClasses.At([c], 0, out _).Is(CharacterClass.Letter | CharacterClass.Mark) ? symbols++
                        : c is < '\u0370' or (>= '\u1E00' and < '\u1F00') ? beyondAscii++
                        : c is (>= '\u0400' and < '\u0530') or (>= '\u0600' and < '\u0780') ? cyrillicOrArabic++
                        : c is >= '\u3400' and < '\uA000' ? ideographs++
                        : c is (>= '\u3040' and < '\u3100') or (>= '\uAC00' and < '\uD7A4') ? syllables++
                        : otherAlphabet++;
                    break;
            }
        }
        latin += beyondAscii;
        return (LetterOfLongWord * (long)Math.Max(0, latin - ShortWord))
            + (LatinBeyondAscii * (long)beyondAscii)
            + (FurtherCapital * Further(capitals))
            + (CyrillicOrArabic * Further(cyrillicOrArabic))
            + (OtherAlphabet * Further(otherAlphabet))
            + (Ideograph * Further(ideographs))
            + (Syllable * Further(syllables))
            + (latin > 0 ? 0 : (FurtherSign * Math.Min(MostSigns, Further(signs))) + (Symbol * Math.Min(MostSymbols, symbols)));
    }

    private static long Further(int count) => Math.Max(0, count - 1);
}
