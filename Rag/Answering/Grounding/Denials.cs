using AiApp.Rag.Text.Facts;

namespace AiApp.Rag.Answering.Grounding;

/// <summary>Whether a claim denies what passages say, or says what they deny, or puts a word's opposite in its place.</summary>
internal static class Denials
{
    public static string? Fault(TextFacts claim, IReadOnlyList<EvidenceSentence> window)
    {
        if (window.Count == 0)
        {
            return null;
        }
        // One sentence that says it as the claim does is enough: passages tell of exceptions, too.
        string? fault = null;
        foreach (var sentence in window)
        {
            var found = IsDeniedOtherwise(claim, sentence.Facts) ? ClaimFaults.Negation : IsOpposite(claim, sentence.Facts) ? ClaimFaults.Opposite : null;
            if (found is null)
            {
                return null;
            }
            fault ??= found;
        }
        return fault;
    }

    private static bool IsDeniedOtherwise(TextFacts claim, TextFacts passage) =>
        DeniesAlone(claim, passage) || DeniesAlone(passage, claim);

    /// <summary>One denies something that the other says, and the other denies nothing of it, nor says its opposite.</summary>
    private static bool DeniesAlone(TextFacts one, TextFacts other)
    {
        foreach (var denied in one.Denied)
        {
            var shared = denied.Where(stem => other.Stems.Contains(stem)).ToList();
            var meets = shared.Count > 0 && !other.Denied.Any(theirs => theirs.Overlaps(denied) || theirs.Overlaps(shared));
            if (meets && !denied.Any(stem => SaysOpposite(stem, other)))
            {
                return true;
            }
        }
        return false;
    }

    private static bool SaysOpposite(string word, TextFacts other) =>
        Opposites.Find(word) is var (axis, pole) && other.Poles.Any(theirs => theirs.Axis == axis && theirs.Pole != pole);

    private static bool IsOpposite(TextFacts claim, TextFacts passage)
    {
        // Both deny something: what is the opposite of what is no longer plain.
        if (claim.Denied.Count != passage.Denied.Count)
        {
            return false;
        }
        // More of one end of an axis than the passage has, and less of another: one stands in the other's place.
        return claim.Poles.Distinct().Any(pole => Count(claim, pole) > Count(passage, pole)
            && passage.Poles.Any(theirs => theirs.Axis == pole.Axis && theirs.Pole != pole.Pole && Count(passage, theirs) > Count(claim, theirs)));
    }

    private static int Count(TextFacts facts, (int Axis, int Pole) pole) => facts.Poles.Count(one => one == pole);
}
