namespace AiApp.Rag.Gateway.Usage.Tokens;

/// <summary>
/// An estimate for models without a tokenizer here: the pieces that the pattern of o200k_base makes, one token each, and for each what its
/// characters add. How far it is from the true counts stands in docs/evaluation.md; Evals' command 'tokens' measures it.
/// </summary>
internal static class EstimatedTokens
{
    // Words of up to so many Latin letters are mostly one token.
    private const int ShortWord = 6;

    // Least squares of the relative error over half of the texts behind that table, by the counts of o200k_base, in hundredths.
    private const int LetterOfLongWord = 23;
    private const int FurtherCapital = 16;
    private const int LatinBeyondAscii = 40;
    private const int CyrillicOrArabic = 13;
    private const int OtherAlphabet = 30;
    private const int Ideograph = 60;
    private const int Syllable = 45;
    private const int FurtherSign = 20;
    private const int Symbol = 100;

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

    /// <summary>What a piece takes beyond its one token.</summary>
    private static long Beyond(ReadOnlySpan<char> piece)
    {
        var (latin, capitals, beyondAscii, signs, added) = (0, 0, 0, 0, 0L);
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
                // The other half of a pair stands for both.
                case >= '\uDC00' and <= '\uDFFF':
                    break;
                default:
                    var isLetter = CharacterClasses.At([c], 0, out _).Is(CharacterClass.Letter | CharacterClass.Mark);
                    _ = !isLetter ? added += Symbol
                        : c is < '\u0370' or (>= '\u1E00' and < '\u1F00') ? beyondAscii++
                        : c is (>= '\u0400' and < '\u0530') or (>= '\u0600' and < '\u0780') ? cyrillicOrArabic++
                        : c is >= '\u3400' and < '\uA000' ? ideographs++
                        : c is (>= '\u3040' and < '\u3100') or (>= '\uAC00' and < '\uD7A4') ? syllables++
                        : otherAlphabet++;
                    break;
            }
        }
        return added
            + (LetterOfLongWord * (long)Math.Max(0, latin + beyondAscii - ShortWord))
            + (FurtherCapital * (long)Math.Max(0, capitals - 1))
            + (LatinBeyondAscii * (long)beyondAscii)
            + (CyrillicOrArabic * (long)Math.Max(0, cyrillicOrArabic - 1))
            + (OtherAlphabet * (long)Math.Max(0, otherAlphabet - 1))
            + (Ideograph * (long)Math.Max(0, ideographs - 1))
            + (Syllable * (long)Math.Max(0, syllables - 1))
            + (latin + beyondAscii > 0 ? 0 : FurtherSign * (long)Math.Max(0, signs - 1));
    }
}
