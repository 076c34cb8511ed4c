using AiApp.Rag.Text;

namespace AiApp.Rag.Answering;

/// <summary>Finds the sentence of a passage that a claim rests on.</summary>
internal static class QuoteFinder
{
    // Below this share of the claim's weight a sentence is not the source: a wrong highlight is worse than none.
    private const double SentenceFloor = 0.35;

    /// <summary>
    /// The span of the best sentence; the whole passage when no sentence stands out; null when claim and passage have no
    /// word or number in common.
    /// </summary>
    public static TextSpan? Find(string claim, string passage)
    {
        foreach (var at in Occurrences.Of(claim, passage).Where(at => !IsInWord(passage, at) && !IsInWord(passage, at + claim.Length)))
        {
            return new(at, claim.Length);
        }
        var words = Weigh(claim);
        var total = words.Values.Sum();
        if (total == 0)
        {
            return new(0, passage.Length);
        }
        var best = SentenceSplitter.Split(passage)
            .Select(span => (Span: span, Score: Overlap(words, span.Of(passage)) / total))
            .DefaultIfEmpty((Span: new TextSpan(0, passage.Length), Score: 0))
            .MaxBy(candidate => candidate.Score);
        return best.Score >= SentenceFloor ? best.Span
            : Overlap(words, passage) > 0 ? new(0, passage.Length)
            : null;
    }

    private static bool IsInWord(string text, int at) => at > 0 && at < text.Length && char.IsLetterOrDigit(text[at - 1]) && char.IsLetterOrDigit(text[at]);

    private static Dictionary<string, double> Weigh(string claim)
    {
        var words = new Dictionary<string, double>();
        foreach (var word in Words.Split(claim).Where(word => !Words.IsFunctionWord(word)))
        {
            // A number is the part of a claim that is most often wrong, so it decides between similar sentences.
            words[Words.Stem(word)] = char.IsDigit(word[0]) ? 2 : Words.Weight(word);
        }
        return words;
    }

    private static double Overlap(Dictionary<string, double> claim, string text) =>
        Words.Split(text).Select(Words.Stem).Distinct().Sum(stem => claim.GetValueOrDefault(stem));
}
