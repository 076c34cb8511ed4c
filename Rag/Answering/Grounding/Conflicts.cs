using AiApp.Rag.Retrieval;
using AiApp.Rag.Text;
using AiApp.Rag.Text.Facts;

namespace AiApp.Rag.Answering.Grounding;

/// <summary>A sentence of another document that says otherwise than what an answer cites.</summary>
/// <param name="Marker">Of the citation.</param>
/// <param name="Kind">In what they differ: number, date, negation or opposite of <see cref="ClaimFaults"/>.</param>
/// <param name="Other">Where it says otherwise; its marker is that of the citation too.</param>
public sealed record Conflict(int Marker, string Kind, Citation Other);

/// <summary>
/// Finds them among the passages that were found for the question. Only sentences that are nearly the same, but for what they differ in, are
/// told: whoever is warned of what is none no longer reads warnings.
/// </summary>
internal static class Conflicts
{
    // Of the weight of the words of both, numbers and dates aside.
    private const double NearlyTheSame = 0.7;

    // Below it two short sentences are alike by chance.
    private const int FewestWords = 3;
    private const int Most = 3;

    public static IReadOnlyList<Conflict> Find(IReadOnlyList<Citation> citations, IReadOnlyList<RetrievedChunk> passages)
    {
        var found = new List<Conflict>();
        var pairs = new HashSet<((long, int), (long, int))>();
        var said = citations.Count == 0 ? [] : passages.Select(passage => (Passage: passage, Sentences: SentenceSplitter.Split(passage.Text)
            .Select(span => (Span: span, Said: new Said(span.Of(passage.Text)))).ToList())).ToList();
        foreach (var citation in citations)
        {
            var cited = new Said(citation.Quote);
            foreach (var (passage, sentences) in said.Where(of => of.Passage.DocumentId != citation.Chunk.DocumentId))
            {
                foreach (var (span, sentence) in sentences)
                {
                    if (Difference(cited, sentence) is { } kind)
                    {
                        var other = At(citation.Marker, passage, span);
                        // Both may be cited: said once.
                        var (one, two) = (Place(citation), Place(other));
                        if (pairs.Add(one.CompareTo(two) < 0 ? (one, two) : (two, one)))
                        {
                            found.Add(new(citation.Marker, kind, other));
                        }
                    }
                }
            }
        }
        return [.. found.DistinctBy(conflict => Place(conflict.Other)).Take(Most)];
    }

    private static (long Version, int Start) Place(Citation citation) => (citation.Chunk.VersionId, citation.StartOffset);

    private static string? Difference(Said one, Said other)
    {
        if (one.Words.Count < FewestWords || Likeness(one.Words, other.Words) < NearlyTheSame)
        {
            return null;
        }
        var (facts, theirs) = (one.Facts, other.Facts);
        // About another one, or about another time.
        if (!Names(facts).SetEquals(Names(theirs)) || !facts.Identifiers.SetEquals(theirs.Identifiers))
        {
            return null;
        }
        var dates = facts.Dates.Count > 0 && theirs.Dates.Count > 0 && !facts.Dates.Any(date => theirs.Dates.Any(date.Agrees));
        var numbers = facts.Numbers.Count > 0 && theirs.Numbers.Count > 0 && !facts.Numbers.Any(number => theirs.Numbers.Any(number.Agrees));
        return (dates, numbers) switch
        {
            (true, true) => null,
            (true, false) => facts.Numbers.Count == 0 && theirs.Numbers.Count == 0 ? ClaimFaults.Date : null,
            (false, true) => ClaimFaults.Number,
            _ => Denials.Fault(facts, [other.Sentence]),
        };
    }

    /// <summary>Without units: "SEK" names nobody.</summary>
    private static HashSet<string> Names(TextFacts facts)
    {
        var units = facts.Numbers.Select(number => number.Unit).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        return facts.Names.Where(name => !units.Contains(name)).ToHashSet(StringComparer.Ordinal);
    }

    private static double Likeness(HashSet<string> one, HashSet<string> other)
    {
        var all = one.Union(other).Sum(word => (double)Words.Weight(word));
        return all == 0 ? 0 : one.Where(other.Contains).Sum(word => (double)Words.Weight(word)) / all;
    }

    private static Citation At(int marker, RetrievedChunk passage, TextSpan span) => new()
    {
        Marker = marker,
        Chunk = passage,
        Quote = span.Of(passage.Text),
        StartOffset = passage.StartOffset + span.Start,
        Length = span.Length,
        Page = passage.PageAt(passage.StartOffset + span.Start),
    };

    private sealed class Said(string text)
    {
        public EvidenceSentence Sentence { get; } = new(text);

        /// <summary>Stems of what carries meaning, without what has digits.</summary>
        public HashSet<string> Words { get; } = Rag.Text.Words.Split(text)
            .Where(word => !Rag.Text.Words.IsFunctionWord(word) && !word.Any(char.IsDigit)).Select(Rag.Text.Words.Stem).ToHashSet(StringComparer.Ordinal);

        public TextFacts Facts => Sentence.Facts;
    }
}
