using System.Globalization;
using System.Text.RegularExpressions;
using AiApp.Rag.Text;

namespace AiApp.Rag.Retrieval;

/// <summary>The time a question is about: the years it names, else today. Tells whether a text was valid then.</summary>
internal sealed partial class Validity
{
    private readonly List<(DateOnly From, DateOnly Until)> _periods;

    private Validity(List<(DateOnly, DateOnly)> periods) => _periods = periods;

    public static Validity Of(string question, DateOnly today)
    {
        var years = Years().Matches(AsciiDigits.Of(question)).Select(match => int.Parse(match.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)).Distinct().ToList();
        return new(years.Count == 0
            ? [(today, today)]
            : [.. years.Select(year => (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31)))]);
    }

    public bool Covers(DateOnly? from, DateOnly? until) =>
        _periods.Exists(period => (from is null || from <= period.Until) && (until is null || until >= period.From));

    [GeneratedRegex(@"(?<![0-9.-])(?:19|20)[0-9]{2}(?![0-9-]|\.[0-9])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Years();
}
