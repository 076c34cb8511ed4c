using System.Globalization;
using System.Text.RegularExpressions;

namespace AiApp.Rag.Text.Facts;

/// <summary>What a short text says that must not change when the same is said in other words: numbers, dates, names, what is denied.</summary>
internal sealed partial class TextFacts
{
    // A negation reaches so many words that carry meaning.
    private const int Reach = 3;

    private TextFacts()
    {
    }

    public required IReadOnlyList<NumberFact> Numbers { get; init; }
    public required IReadOnlyList<DateFact> Dates { get; init; }

    /// <summary>Lower-case words of letters and digits mixed, versions, times of day: "e-4012", "2.4.10", "17:30".</summary>
    public required IReadOnlySet<string> Identifiers { get; init; }

    /// <summary>As they stand, without their quotation marks.</summary>
    public required IReadOnlySet<string> Quoted { get; init; }

    /// <summary>Capitalised words that begin no sentence, and words in capitals, in lower case.</summary>
    public required IReadOnlySet<string> Names { get; init; }

    /// <summary>Words that carry meaning, stemmed, in the order of the text; numbers and identifiers among them.</summary>
    public required IReadOnlyList<string> Stems { get; init; }

    /// <summary>The stems that each negation denies.</summary>
    public required IReadOnlyList<IReadOnlySet<string>> Denied { get; init; }

    /// <summary>Words that have an opposite, by the axis they stand on and their end of it.</summary>
    public required IReadOnlyList<(int Axis, int Pole)> Poles { get; init; }

    /// <summary>Whether it is German: then capitals name nobody.</summary>
    public required bool CapitalisesNouns { get; init; }

    public static TextFacts Of(string written)
    {
        var text = AsciiDigits.Of(written);
        var dates = new List<DateFact>();
        // What was read as a date is no number any more; the length stays, so that places do.
        var rest = DatePatterns().Replace(text, match =>
        {
            if (ReadDate(match) is not { } date)
            {
                return match.Value;
            }
            dates.Add(date);
            return new string(' ', match.Length);
        });
        var numbers = new List<NumberFact>();
        rest = Digits().Replace(rest, match =>
        {
            if (ReadNumber(match) is not { } number)
            {
                return match.Value;
            }
            numbers.Add(number);
            var length = Length(match);
            return new string(' ', length) + match.Value[length..];
        });
        var words = new FactWords(text, rest);
        numbers.AddRange(words.Numbers);
        return new()
        {
            Numbers = numbers,
            Dates = dates,
            Identifiers = words.Identifiers,
            Quoted = Quotes().Matches(text).Select(match => match.Groups["said"].Value.Trim()).Where(said => said.Length > 0).ToHashSet(StringComparer.OrdinalIgnoreCase),
            Names = words.Names,
            Stems = words.Stems,
            Denied = words.Denied(Reach),
            Poles = words.Poles,
            CapitalisesNouns = words.CapitalisesNouns,
        };
    }

    private static DateFact? ReadDate(Match match)
    {
        var (year, day) = (Number(match.Groups["y"]), Number(match.Groups["d"]));
        var month = match.Groups["month"] is { Success: true } name ? Months.Find(name.Value.ToLowerInvariant()) : Number(match.Groups["m"]);
        return (year, month, day) switch
        {
            (_, null or < 1, _) or (_, _, < 1 or > 31) => null,
            // "May" alone is a verb more often than a month.
            (null, _, null) => null,
            // 31/03: the greater one is the day.
            (_, > 12 and <= 31, <= 12) => new(year, day, month),
            (_, > 12, _) => null,
            _ => new(year, month, day) { IsAmbiguous = match.Groups["slashed"].Success && day <= 12 },
        };
    }

    private static int? Number(Group group) => group.Success ? int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    private static NumberFact? ReadNumber(Match match)
    {
        var before = Units.Find(match.Groups["before"].Value.ToLowerInvariant());
        var joined = match.Groups["joined"].Value.ToLowerInvariant();
        if (joined.Length > 0 && Units.Find(joined) is null && Units.Scale(joined) is null)
        {
            return null;
        }
        var after = match.Groups["after"].Value.ToLowerInvariant();
        var scale = Units.Scale(joined) ?? Units.Scale(after) ?? 1;
        var unit = before ?? Units.Find(joined) ?? (Units.Scale(after) is null ? Units.Find(after) : Units.Find(match.Groups["then"].Value.ToLowerInvariant()));
        var (value, other) = ReadDigits(match.Groups["n"].Value);
        return value is null ? null : new(Scaled(value.Value, scale), other is null ? null : Scaled(other.Value, scale), unit);
    }

    /// <summary>Of the number with its unit; what follows it otherwise is a word like others, and may be a name.</summary>
    private static int Length(Match match)
    {
        var (after, then) = (match.Groups["after"], match.Groups["then"]);
        var isScale = Units.Scale(after.Value.ToLowerInvariant()) is not null;
        var last = isScale && Units.Find(then.Value.ToLowerInvariant()) is not null ? then
            : isScale || Units.Find(after.Value.ToLowerInvariant()) is not null ? after
            : match.Groups["joined"] is { Success: true } joined ? joined
            : match.Groups["n"];
        return last.Index + last.Length - match.Index;
    }

    private static (decimal? Value, decimal? Other) ReadDigits(string digits)
    {
        var plain = Spaces().Replace(digits, "");
        var separators = plain.Where(c => c is '.' or ',').ToList();
        if (separators is [var only] && plain.Length - plain.IndexOf(only, StringComparison.Ordinal) == 4 && !plain.StartsWith('0'))
        {
            // "1.750", "1,750"
            return (Parse(plain.Remove(plain.IndexOf(only, StringComparison.Ordinal), 1)), Parse(plain.Replace(only, '.')));
        }
        if (separators.Count > 1 && separators.Distinct().Count() == 1)
        {
            // "2.4.10" is a version.
            return plain.Split(separators[0]).Skip(1).All(group => group.Length == 3) ? (Parse(plain.Replace(separators[0].ToString(), "", StringComparison.Ordinal)), null) : (null, null);
        }
        if (separators.Count > 1)
        {
            // The last one is that of the decimals.
            return (Parse(plain.Replace(separators[0].ToString(), "", StringComparison.Ordinal).Replace(separators[^1], '.')), null);
        }
        return (Parse(plain.Replace(',', '.')), null);
    }

    // Division drops the zeros at the end: 3.50 and 3.5 are written alike. What is too large for a decimal stays as it is written.
    private static decimal Scaled(decimal value, decimal scale) =>
        (Math.Abs(value) > decimal.MaxValue / scale ? value : value * scale) / 1.0000000000000000000000000000m;

    private static decimal? Parse(string digits) =>
        decimal.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private const string MonthName = @"(?<month>\p{L}{3,9})\.?";

    [GeneratedRegex(
        @"(?<![\p{L}\p{N}/.\-])(?:"
        + @"(?<y>(?:19|20)[0-9][0-9])-(?<m>[0-9]{1,2})-(?<d>[0-9]{1,2})"
        + @"|(?<slashed>(?<m>[0-9]{1,2})[/](?<d>[0-9]{1,2})[/](?<y>(?:19|20)[0-9][0-9]))"
        + @"|(?<d>[0-9]{1,2})\.(?<m>[0-9]{1,2})\.(?<y>(?:19|20)[0-9][0-9])"
        + @"|(?<d>[0-9]{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?" + MonthName + @"(?:,?\s+(?:de\s+)?(?<y>(?:19|20)[0-9][0-9]))?"
        + @"|" + MonthName + @"\s+(?<d>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9])(?:,?\s+(?<y>(?:19|20)[0-9][0-9]))?"
        + @"|" + MonthName + @"\s+(?:de\s+)?(?<y>(?:19|20)[0-9][0-9])"
        + @")(?![\p{L}\p{N}/])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex DatePatterns();

    [GeneratedRegex(
        @"(?<![\p{L}\p{N}_/])(?:(?<before>US\$|[$€£¥]|[A-Z]{3})\s?)?(?<n>(?<![\p{L}\p{N}][.,:\-])[+\-−]?(?:[0-9]{1,3}(?:[\u0020\u00A0\u202F'’][0-9]{3})+|[0-9][0-9.,]*[0-9]|[0-9])(?:[.,][0-9]+)?)"
        + @"(?:(?<joined>°?\p{L}+|[%°$€£¥])|\s(?<after>°?\p{L}+|[%°$€£¥])(?:\s(?<then>[%$€£¥]|\p{L}+))?)?(?![\p{N}_]|[.:\-/]\p{N}|-\p{L})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Digits();

    [GeneratedRegex(@"[\u0020\u00A0\u202F'’]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Spaces();

    [GeneratedRegex("""["“„«»](?<said>[^"“”„«»\n]{2,200})["”“«»]""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Quotes();
}
