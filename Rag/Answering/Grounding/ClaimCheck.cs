using AiApp.Rag.Text;
using AiApp.Rag.Text.Facts;

namespace AiApp.Rag.Answering.Grounding;

/// <summary>
/// Whether passages support a sentence. Its words must stand in them, as far as they carry meaning; its numbers, dates, names, identifiers
/// and quotations must stand where its words do; and it must not deny what they say, nor say what they deny.
/// </summary>
internal sealed class ClaimCheck(string question, DerivedNumbers? derived = null)
{
    // Sentences that share at least so much with the claim as the best one tell of the same thing.
    private const double SameThing = 0.6;

    private const double TheSame = 0.9;

    // Measured: Evals grounding.
    private const double Floor = 0.4;

    // A number below it that counts nothing ("both", "three conditions") is the writer's own.
    private const int OwnCount = 10;

    // "Iran" is no beginning to tell by.
    private const int LongName = 5;
    private const int Ending = 2;

    private static readonly HashSet<string> Bounds = """
        above after additional before below beneath between beyond each exceed exceeds exceeding every extra first from further less longer max maximum min minimum more
        most over than under until up within
        ab bis höchstens maximal mehr mindestens nach unter vor weniger zwischen über
        après au avant chaque depuis entre jusqu moins plus
        antes cada desde después hasta más menos
        från före högst inom minst mellan mer till under upp
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(Words.Stem).ToHashSet(StringComparer.Ordinal);

    private readonly TextFacts _question = TextFacts.Of(question);
    private readonly HashSet<string> _asked = Words.Split(AsciiDigits.Of(question)).Select(Words.Stem).ToHashSet(StringComparer.Ordinal);

    public ClaimVerdict Judge(Claim claim, IReadOnlyList<EvidenceText> cited)
    {
        var facts = claim.Facts;
        var window = Window(facts, cited);
        var support = Support(facts, cited, window);
        return new(Reason(claim, cited, window, support), support);
    }

    /// <summary>In another language than the passages: of its words only what every language writes alike can be held against them.</summary>
    public ClaimVerdict JudgeForeign(Claim claim, IReadOnlyList<EvidenceText> cited)
    {
        var facts = claim.Facts;
        var all = cited.SelectMany(passage => passage.Sentences).ToList();
        var fault = NumberFault(facts, all, cited)
            ?? (facts.Dates.All(date => IsDated(date, cited, all)) ? null : ClaimFaults.Date)
            ?? (facts.Identifiers.All(name => IsKnown(name, cited)) ? null : ClaimFaults.Identifier);
        return new(fault, 0);
    }

    private string? Reason(Claim claim, IReadOnlyList<EvidenceText> cited, IReadOnlyList<EvidenceSentence> window, double support)
    {
        var facts = claim.Facts;
        if (support < Floor)
        {
            return ClaimFaults.Support;
        }
        if (facts.Quoted.Any(said => !cited.Any(passage => Holds(passage.Plain, said))))
        {
            return ClaimFaults.Quote;
        }
        return NumberFault(facts, window, cited)
            ?? (facts.Dates.All(date => IsDated(date, cited, window)) ? null : ClaimFaults.Date)
            ?? (facts.Identifiers.All(name => IsKnown(name, cited)) ? null : ClaimFaults.Identifier)
            ?? (cited.Any(passage => passage.Facts.CapitalisesNouns) || facts.CapitalisesNouns || facts.Names.All(name => IsKnown(name, cited) || IsDerived(name, cited)) ? null : ClaimFaults.Name)
            ?? Altered(claim, Nearest(facts, window), cited);
    }

    /// <summary>Against sentences that it repeats nearly word for word, word by word; against others by what is denied in both.</summary>
    private string? Altered(Claim claim, IReadOnlyList<EvidenceSentence> nearest, IReadOnlyList<EvidenceText> cited)
    {
        var repeated = nearest.Select(sentence => (Sentence: sentence, Alteration: Alteration.Between(claim.Tokens, sentence.Tokens, number => derived?.Find(number, Known(cited)) is not null)))
            .Where(one => one.Alteration is not null).ToList();
        return repeated.Exists(one => one.Alteration is { Fault: null, IsPlain: true }) ? null
            : repeated.Select(one => one.Alteration!.Fault).FirstOrDefault(fault => fault is not null)
            ?? Denials.Fault(claim.Facts, repeated.Count > 0 ? [.. repeated.Select(one => one.Sentence)] : nearest);
    }

    /// <summary>The share of the claim's weight that stands in the passages or above them; what the question says weighs half.</summary>
    private double Support(TextFacts facts, IReadOnlyList<EvidenceText> cited, IReadOnlyList<EvidenceSentence> window)
    {
        double found = 0, all = 0;
        foreach (var stem in facts.Stems.Distinct())
        {
            var weight = Words.Weight(stem) * (_asked.Contains(stem) ? 0.5 : 1);
            all += weight;
            found += window.Any(sentence => sentence.Stems.Contains(stem)) || cited.Any(passage => passage.Context.Contains(stem)) ? weight : 0;
        }
        return all == 0 ? 0 : found / all;
    }

    /// <summary>The sentences that tell of what the claim tells, numbers aside, with their neighbours.</summary>
    private static List<EvidenceSentence> Window(TextFacts facts, IReadOnlyList<EvidenceText> cited)
    {
        var stems = facts.Stems.Where(stem => !char.IsDigit(stem[0])).Distinct().Select(stem => (Stem: stem, Weight: (double)Words.Weight(stem))).ToList();
        var scored = cited.SelectMany(passage => passage.Sentences.Select((sentence, place) =>
            (Passage: passage, Place: place, Score: stems.Sum(word => sentence.Stems.Contains(word.Stem) ? word.Weight : 0)))).ToList();
        var best = scored.Select(one => one.Score).DefaultIfEmpty().Max();
        var near = scored.Where(one => one.Score >= best * SameThing).ToList();
        return [.. near.Select(one => one.Passage.Sentences[one.Place]).Distinct()];
    }

    /// <summary>Those among them that say most of it.</summary>
    private static List<EvidenceSentence> Nearest(TextFacts facts, IReadOnlyList<EvidenceSentence> window)
    {
        var scored = window.Select(sentence => (Sentence: sentence, Score: facts.Stems.Distinct().Sum(stem => sentence.Stems.Contains(stem) ? Words.Weight(stem) : 0))).ToList();
        var best = scored.Select(one => one.Score).DefaultIfEmpty().Max();
        return [.. scored.Where(one => one.Score >= best * TheSame).Select(one => one.Sentence)];
    }

    /// <summary>How its numbers were worked out that the cited passages do not say.</summary>
    public IReadOnlyList<Derivation> Workings(Claim claim, IReadOnlyList<EvidenceText> cited)
    {
        if (derived is null)
        {
            return [];
        }
        var known = Known(cited);
        return [.. claim.Facts.Numbers.Where(number => !known.Any(number.IsSameValue)).Select(number => derived.Find(number, known)).OfType<Derivation>().Distinct()];
    }

    private List<NumberFact> Known(IReadOnlyList<EvidenceText> cited) =>
        [.. cited.SelectMany(passage => passage.Sentences).SelectMany(sentence => sentence.Facts.Numbers), .. _question.Numbers];

    private string? NumberFault(TextFacts facts, IReadOnlyList<EvidenceSentence> window, IReadOnlyList<EvidenceText> cited)
    {
        foreach (var number in facts.Numbers)
        {
            if (number is { IsSpelled: true, Unit: null, Value: < OwnCount })
            {
                continue;
            }
            var known = window.SelectMany(sentence => sentence.Facts.Numbers).Concat(_question.Numbers).ToList();
            if (!known.Any(number.Agrees) && !window.Any(sentence => sentence.Facts.Dates.Any(date => date.Year == number.Value)) && !_question.Dates.Any(date => date.Year == number.Value))
            {
                if (derived?.Find(number, Known(cited)) is not null)
                {
                    continue;
                }
                return known.Any(number.IsSameValue) ? ClaimFaults.Unit : ClaimFaults.Number;
            }
            if (IsSaidOtherwise(number, facts, window))
            {
                return ClaimFaults.Number;
            }
        }
        return null;
    }

    /// <summary>
    /// Only the question has it, and the sentences that tell of the same have others of its unit, of which the claim has none: what is asked
    /// with a wrong number is not confirmed. Where they say a bound ("up to 500 EUR"), what is asked may lie within it.
    /// </summary>
    private static bool IsSaidOtherwise(NumberFact number, TextFacts facts, IReadOnlyList<EvidenceSentence> window)
    {
        if (number.Unit is null || facts.Denied.Count > 0 || window.Any(sentence => sentence.Facts.Numbers.Any(number.Agrees)))
        {
            return false;
        }
        var others = window.Where(sentence => sentence.Facts.Numbers.Any(known => known.Unit == number.Unit)).ToList();
        return others.Count > 0 && !others.Exists(sentence => sentence.Stems.Overlaps(Bounds))
            && !others.SelectMany(sentence => sentence.Facts.Numbers).Where(known => known.Unit == number.Unit).Any(known => facts.Numbers.Any(known.IsSameValue));
    }

    private bool IsDated(DateFact date, IReadOnlyList<EvidenceText> cited, IReadOnlyList<EvidenceSentence> window) =>
        window.SelectMany(sentence => sentence.Facts.Dates).Concat(_question.Dates).Concat(cited.SelectMany(passage => passage.Dates)).Any(date.Agrees);

    private bool IsKnown(string name, IReadOnlyList<EvidenceText> cited)
    {
        var stem = Words.Stem(name);
        return _asked.Contains(stem) || cited.Any(passage => passage.Context.Contains(stem) || passage.Sentences.Any(sentence => sentence.Stems.Contains(stem)) || Holds(passage.Plain, name));
    }

    /// <summary>"Malaysian" of Malaysia, "Georgia" of what is Georgian: one is the beginning of the other.</summary>
    private static bool IsDerived(string name, IReadOnlyList<EvidenceText> cited) => name.Length >= LongName && cited.Any(passage => passage.Facts.Names.Any(known =>
        known.Length >= LongName && Math.Abs(known.Length - name.Length) <= Ending && (known.StartsWith(name, StringComparison.Ordinal) || name.StartsWith(known, StringComparison.Ordinal))));

    private static bool Holds(string text, string said) => text.Contains(said, StringComparison.OrdinalIgnoreCase)
        || string.Join(' ', Words.Split(text)).Contains(string.Join(' ', Words.Split(said)), StringComparison.Ordinal);
}
