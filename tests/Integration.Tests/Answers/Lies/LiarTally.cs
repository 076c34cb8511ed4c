using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AiApp.Contracts;
using AiApp.Rag.Text;

namespace AiApp.Integration.Tests.Answers.Lies;

/// <summary>What of the liar's lines has reached the reader, by kind.</summary>
internal sealed partial class LiarTally
{
    // "altered numbers, dates, names or negations"
    private static readonly string[] Altered = ["number", "number of the same paragraph", "date", "unit", "name", "negation", "opposite"];

    private readonly SortedDictionary<string, (int Passed, int All)> _faithful = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (int Passed, int All)> _lies = new(StringComparer.Ordinal);

    /// <summary>Lies that were shown and true lines that were not, for looking at.</summary>
    public List<string> Wrong { get; } = [];

    public double Caught => 1 - Share(_lies.Values);
    public double CaughtOfAltered => 1 - Share(_lies.Where(kind => Altered.Contains(kind.Key)).Select(kind => kind.Value));
    public double LeftOut => 1 - Share(_faithful.Values);

    public void Add(IReadOnlyList<PlantedLine> planted, AnswerDto answer)
    {
        var shown = answer.Outcome == AnswerOutcomes.Answered ? answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];
        var next = 0;
        foreach (var line in planted)
        {
            // What is shown stands in the order of what was written.
            var isShown = next < shown.Length && Plain(shown[next]).Contains(Plain(line.Text), StringComparison.Ordinal);
            var cited = isShown ? Markers().Matches(shown[next]).Select(marker => int.Parse(marker.ValueSpan[1..^1], CultureInfo.InvariantCulture)).ToList() : [];
            next += isShown ? 1 : 0;
            var passes = isShown && (!line.IsAboutItsCitation || answer.Citations.Any(citation => cited.Contains(citation.Marker) && !IsRight(answer, citation, line)));
            Count(line.IsLie ? _lies : _faithful, line, passes);
        }
    }

    /// <summary>Of the passage that the sentence stands in, or of another one with the same sentence.</summary>
    private static bool IsRight(AnswerDto answer, CitationDto citation, PlantedLine line) =>
        answer.Passages.FirstOrDefault(passage => passage.ChunkId == citation.ChunkId)?.Text.Contains(line.Text, StringComparison.Ordinal) is true;

    private void Count(SortedDictionary<string, (int Passed, int All)> table, PlantedLine line, bool passes)
    {
        var (passed, all) = table.GetValueOrDefault(line.Kind);
        table[line.Kind] = (passed + (passes ? 1 : 0), all + 1);
        if (passes == line.IsLie)
        {
            Wrong.Add($"[{line.Kind}] {line.Text}");
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text, "faithful", "left out", _faithful);
        Write(text, "lie", "caught", _lies);
        return text.Append(CultureInfo.InvariantCulture, $"Altered numbers, dates, units, names and denials caught: {CaughtOfAltered:P1}; true lines left out: {LeftOut:P1}").ToString();
    }

    private static void Write(StringBuilder text, string what, string outcome, SortedDictionary<string, (int Passed, int All)> table)
    {
        text.Append(CultureInfo.InvariantCulture, $"| {what} | lines | {outcome} | % |\n|---|--:|--:|--:|\n");
        foreach (var (kind, (passed, all)) in table.Append(new("all", (table.Values.Sum(one => one.Passed), table.Values.Sum(one => one.All)))))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {kind} | {all} | {all - passed} | {100.0 * (all - passed) / Math.Max(1, all):0.0} |\n");
        }
        text.Append('\n');
    }

    private static double Share(IEnumerable<(int Passed, int All)> kinds)
    {
        var all = kinds.ToList();
        return (double)all.Sum(one => one.Passed) / Math.Max(1, all.Sum(one => one.All));
    }

    private static string Plain(string text) => string.Join(' ', Words.Split(Markers().Replace(text, "")));

    [GeneratedRegex(@"\[\d+\]", RegexOptions.CultureInvariant, 30_000)]
    private static partial Regex Markers();
}
