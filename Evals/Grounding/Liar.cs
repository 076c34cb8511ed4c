using System.Globalization;
using System.Text.RegularExpressions;

namespace AiApp.Evals.Grounding;

/// <summary>A sentence that stands in a passage, told faithfully in other ways, and turned into lies of several kinds.</summary>
internal sealed partial class Liar(Random random)
{
    private static readonly (string From, string To)[] Synonyms =
    [
        ("while", "and"), ("large", "big"), ("began", "started"), ("begun", "started"), ("many", "numerous"), ("also", "in addition"), ("however", "yet"),
        ("because", "since"), ("about", "around"), ("approximately", "about"), ("such as", "like"), ("although", "though"), ("used", "employed"), ("often", "frequently"),
        ("primarily", "mainly"), ("several", "a number of"), ("became", "turned into"), ("people", "persons"), ("help", "assist"), ("important", "significant"),
    ];

    private static readonly (string One, string Other)[] OppositePairs =
    [
        ("increased", "decreased"), ("increase", "decrease"), ("before", "after"), ("first", "last"), ("more", "less"), ("largest", "smallest"), ("highest", "lowest"),
        ("above", "below"), ("maximum", "minimum"), ("most", "least"), ("larger", "smaller"), ("higher", "lower"), ("opened", "closed"), ("began", "ended"), ("started", "ended"),
        ("won", "lost"), ("northern", "southern"), ("eastern", "western"), ("north", "south"), ("east", "west"), ("high", "low"), ("early", "late"), ("always", "never"),
        ("with", "without"), ("allowed", "prohibited"), ("included", "excluded"), ("public", "private"), ("positive", "negative"), ("supported", "opposed"), ("rise", "fall"),
    ];

    private static readonly (string One, string Other)[] UnitPairs =
    [
        ("km", "miles"), ("kilometres", "miles"), ("kilometers", "miles"), ("miles", "kilometres"), ("metres", "feet"), ("meters", "feet"), ("feet", "metres"), ("days", "weeks"),
        ("weeks", "months"), ("months", "years"), ("years", "months"), ("hours", "days"), ("minutes", "hours"), ("%", " million"), ("percent", "kilograms"), ("million", "billion"),
        ("billion", "million"), ("tons", "kilograms"), ("dollars", "euros"), ("yards", "metres"), ("°C", "°F"),
    ];

    public static IEnumerable<(string Kind, string Text)> Faithful(string sentence)
    {
        yield return ("word for word", sentence);
        if (Parentheses().Replace(sentence, "") is var without && without != sentence)
        {
            yield return ("without asides", without);
        }
        if (sentence.IndexOf(", ", StringComparison.Ordinal) is > 0 and < 40 and var comma && Preposition().IsMatch(sentence))
        {
            var rest = sentence[(comma + 2)..].TrimEnd('.');
            yield return ("turned around", $"{char.ToUpperInvariant(rest[0])}{rest[1..]} {char.ToLowerInvariant(sentence[0])}{sentence[1..comma]}.");
        }
        var other = Synonyms.Aggregate(sentence, (text, pair) => Regex.Replace(text, $@"\b{pair.From}\b", pair.To, RegexOptions.None, TimeSpan.FromSeconds(1)));
        if (other != sentence)
        {
            yield return ("other words", other);
        }
        yield return ("led to", "According to the text, " + sentence);
        if (sentence.LastIndexOf(", ", StringComparison.Ordinal) is var cut && cut > sentence.Length / 2)
        {
            yield return ("cut short", sentence[..cut] + ".");
        }
    }

    /// <summary><paramref name="others"/>: names of other articles; <paramref name="foreign"/>: a sentence of one.</summary>
    public IEnumerable<(string Kind, string Text)> Lies(string sentence, string paragraph, IReadOnlyList<string> others, string foreign)
    {
        if (Numbers().Matches(sentence) is { Count: > 0 } numbers)
        {
            var number = numbers[random.Next(numbers.Count)];
            var changed = (int.Parse(number.ValueSpan, CultureInfo.InvariantCulture) + random.Next(1, 9)).ToString(CultureInfo.InvariantCulture);
            yield return (Years().IsMatch(number.Value) ? "date" : "number", Put(sentence, number, changed));
            var own = Numbers().Matches(paragraph).Select(match => match.Value).Where(value => value != number.Value && !sentence.Contains(value, StringComparison.Ordinal)).ToList();
            if (own.Count > 0)
            {
                yield return ("number of the same paragraph", Put(sentence, number, own[random.Next(own.Count)]));
            }
        }
        if (Names().Matches(sentence) is { Count: > 0 } names)
        {
            yield return ("name", Put(sentence, names[random.Next(names.Count)], others[random.Next(others.Count)]));
        }
        if (Denial().Match(sentence) is { Success: true } denied)
        {
            yield return ("negation", sentence.Remove(denied.Index, denied.Length));
        }
        else if (Auxiliary().Match(sentence) is { Success: true } auxiliary)
        {
            yield return ("negation", sentence.Insert(auxiliary.Index + auxiliary.Length, " not"));
        }
        foreach (var (one, other) in OppositePairs.SelectMany(pair => new[] { pair, (pair.Other, pair.One) }))
        {
            var word = new Regex($@"\b{one}\b", RegexOptions.None, TimeSpan.FromSeconds(1));
            if (word.IsMatch(sentence))
            {
                yield return ("opposite", word.Replace(sentence, other, 1));
                break;
            }
        }
        foreach (var (one, other) in UnitPairs)
        {
            var unit = new Regex($@"(?<=\d\s?){Regex.Escape(one)}(?!\p{{L}})", RegexOptions.None, TimeSpan.FromSeconds(1));
            if (unit.IsMatch(sentence))
            {
                yield return ("unit", unit.Replace(sentence, other, 1));
                break;
            }
        }
        yield return ("invented", foreign);
        yield return ("invented quotation", $"The text says \"{foreign.TrimEnd('.')}\".");
    }

    private static string Put(string sentence, Match match, string other) => string.Concat(sentence.AsSpan(0, match.Index), other, sentence.AsSpan(match.Index + match.Length));

    [GeneratedRegex(@"(?<![\p{L}\d.,\-–/])\d{1,4}(?![\p{L}\d]|[.,\-–/]\d)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"^(1[5-9]|20)\d\d$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Years();

    [GeneratedRegex(@"(?<=[\p{Ll},] )\p{Lu}\p{Ll}{3,}", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex Names();

    [GeneratedRegex(@" (not|never)(?= )", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Denial();

    [GeneratedRegex(@"\b(is|was|were|are|has|had|have|can|could|will|would|may|did|does)\b(?= \p{Ll})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Auxiliary();

    [GeneratedRegex(@" \([^)]*\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parentheses();

    [GeneratedRegex(@"^(In|On|At|During|After|Since|By|From|Under) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Preposition();
}
