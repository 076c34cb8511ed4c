using AiApp.Rag.Text.Facts;

namespace AiApp.Rag.Answering.Grounding;

/// <summary>
/// What became of a sentence of a passage in a claim that repeats it nearly word for word. Word stands against word there, so that also
/// those faults are seen that leave every word standing somewhere: the number of another place, a denial of a denial.
/// </summary>
/// <param name="Fault">A word of <see cref="ClaimFaults"/>; null when nothing is seen to be wrong.</param>
/// <param name="IsPlain">Nothing that denies was moved or reworded: then no fault means that there is none.</param>
internal sealed record Alteration(string? Fault, bool IsPlain)
{
    // So much of the claim stands in the sentence, in its order.
    private const double NearlyAll = 0.8;

    // Fewer words are alike by chance.
    private const int FewestWords = 5;

    /// <summary>Null when the claim does not repeat the sentence.</summary>
    /// <param name="claim">What is held against it.</param>
    /// <param name="sentence">Of a passage.</param>
    /// <param name="isDerived">Whether a number was worked out.</param>
    public static Alteration? Between(TokenText claim, TokenText sentence, Func<NumberFact, bool> isDerived)
    {
        var pairs = Alignment.Of(claim.Tokens, sentence.Tokens);
        if (pairs.Count < FewestWords || pairs.Count < claim.Tokens.Count * NearlyAll)
        {
            return null;
        }
        var (denials, isPlain) = (Bare(claim.Tokens, pairs[0].One) + Bare(sentence.Tokens, pairs[0].Other), true);
        foreach (var gap in Gaps(claim, sentence, pairs))
        {
            if ((gap.NumberFault(isDerived) ?? gap.UnitFault ?? gap.PoleFault) is { } fault)
            {
                return new(fault, true);
            }
            denials += gap.Denials ?? 0;
            isPlain &= gap.Denials is not null;
        }
        // A number at the end may have stood at the beginning, and with it its unit.
        var (last, behind) = (claim.Tokens[pairs[^1].One], Behind(claim, sentence, pairs[^1]));
        if (((char.IsDigit(last.Word[0]) ? behind.UnitFault : null) ?? behind.PoleFault) is { } atEnd)
        {
            return new(atEnd, true);
        }
        return new(isPlain && denials % 2 != 0 ? ClaimFaults.Negation : null, isPlain);
    }

    /// <summary>Denials right before a word, with nothing between that could be denied: "do not", "it is prohibited to".</summary>
    private static int Bare(IReadOnlyList<Token> tokens, int at)
    {
        var denials = 0;
        while (--at >= 0 && !tokens[at].IsContent)
        {
            denials += tokens[at].IsNegator || (tokens[at].Pole is { } pole && Opposites.AreRefusals(pole)) ? 1 : 0;
        }
        return denials;
    }

    /// <summary>What stands between each two words that both have, and what the claim has behind the last.</summary>
    private static IEnumerable<Gap> Gaps(TokenText claim, TokenText sentence, IReadOnlyList<(int One, int Other)> pairs)
    {
        foreach (var (from, to) in pairs.Zip(pairs.Skip(1)))
        {
            if (to.One - from.One > 1 || to.Other - from.Other > 1)
            {
                yield return new(claim.Between(from.One, to.One), sentence.Between(from.Other, to.Other));
            }
        }
        yield return new(claim.Between(pairs[^1].One, claim.Tokens.Count), TokenText.Empty);
    }

    /// <summary>What the claim ends with in the place of as much of the sentence; a claim may end before it does.</summary>
    private static Gap Behind(TokenText claim, TokenText sentence, (int One, int Other) last)
    {
        var end = claim.Between(last.One, claim.Tokens.Count);
        return new(end, sentence.Between(last.Other, Math.Min(sentence.Tokens.Count, last.Other + 1 + end.Tokens.Count)));
    }

    /// <summary>What a claim has in the place of what a sentence has.</summary>
    private sealed record Gap(TokenText Claim, TokenText Sentence)
    {
        /// <summary>How many denials stand on one side more; null when they came or went together with what they deny.</summary>
        public int? Denials
        {
            get
            {
                var (ours, theirs) = (Claim.Tokens.Count(token => token.IsNegator), Sentence.Tokens.Count(token => token is { IsNegator: true, IsAside: false }));
                return (ours + theirs) % 2 == 0 || (IsOpposite && IsDenied) ? 0
                    : Claim.Tokens.Concat(Sentence.Tokens).Any(token => token.IsContent) ? null
                    : 1;
            }
        }

        public string? NumberFault(Func<NumberFact, bool> isDerived) => Sentence.Numbers is { Count: > 0 } theirs
            && Claim.Numbers.Any(number => !theirs.Any(number.IsSameValue) && !isDerived(number)) ? ClaimFaults.Number : null;

        public string? UnitFault => Sentence.Tokens.Any(other => other.Unit is not null)
            && Claim.Tokens.Any(token => token.Unit is { } unit && Sentence.Tokens.All(other => other.Unit != unit)) ? ClaimFaults.Unit : null;

        /// <summary>"Not more than" is "less than".</summary>
        public string? PoleFault => IsOpposite && !IsDenied ? ClaimFaults.Opposite : null;

        private bool IsOpposite => Claim.Tokens.Any(token => token.Pole is { } pole && Sentence.Tokens.All(other => other.Pole != pole)
            && Sentence.Tokens.Any(other => other.Pole is { } end && end.Axis == pole.Axis && end.Pole != pole.Pole));

        /// <summary>By a word that is none of two opposites itself, as "without" is.</summary>
        private bool IsDenied => Claim.Tokens.Any(token => token is { IsNegator: true, Pole: null }) != Sentence.Tokens.Any(token => token is { IsNegator: true, Pole: null });
    }
}
