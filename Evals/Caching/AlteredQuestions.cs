using System.Globalization;
using System.Text.RegularExpressions;

namespace AiApp.Evals.Caching;

/// <summary>
/// Look-ups among questions of which no two ask the same: every other one is kept. Each kept one is asked for in another frame, which is
/// the only right hit there is, and with one thing changed that matters. Those that are not kept are asked as they are.
/// </summary>
internal sealed partial class AlteredQuestions(int seed)
{
    // Labels of what is not kept.
    private const string None = "";

    private readonly Random _random = new(seed);

    public IReadOnlyList<(string Text, string Label, bool IsCached)> Draw(IReadOnlyList<string> questions)
    {
        var names = questions.SelectMany(question => Name().Matches(question).Select(match => match.Value)).Distinct().ToArray();
        var drawn = new List<(string, string, bool)>();
        for (var i = 0; i < questions.Count; i++)
        {
            if (i % 2 == 1)
            {
                drawn.Add((questions[i], None, false));
                continue;
            }
            var label = i.ToString(CultureInfo.InvariantCulture);
            drawn.Add((questions[i], label, true));
            drawn.Add((InFrame(questions[i]), label, false));
            drawn.AddRange(Changed(questions[i], names).Select(changed => (changed, None, false)));
        }
        return drawn;
    }

    private IEnumerable<string> Changed(string question, string[] names)
    {
        if (Number().Match(question) is { Success: true } number)
        {
            yield return Put(question, number, (long.Parse(number.ValueSpan, CultureInfo.InvariantCulture) + _random.Next(1, 9)).ToString(CultureInfo.InvariantCulture));
        }
        if (Name().Match(question) is { Success: true } name && names.Length > 1)
        {
            yield return Put(question, name, Pick([.. names.Where(other => !question.Contains(other, StringComparison.OrdinalIgnoreCase))]));
        }
        foreach (var rules in new[] { QuestionPairs.Negations, QuestionPairs.Opposites })
        {
            var rule = rules.FirstOrDefault(rule => question.Contains($" {rule.From.Trim()} ", StringComparison.Ordinal));
            if (rule.From is { } from)
            {
                yield return InFrame(question.Replace($" {from.Trim()} ", $" {rule.To.Trim()} ", StringComparison.Ordinal));
            }
        }
    }

    private string InFrame(string text) => string.Format(CultureInfo.InvariantCulture, Pick(QuestionPairs.Frames), text);

    private string Pick(string[] from) => from[_random.Next(from.Length)];

    private static string Put(string text, Match match, string by) => text[..match.Index] + by + text[(match.Index + match.Length)..];

    [GeneratedRegex(@"(?<![\w.,])\d{1,9}(?![\w.,]\d)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    // Not the first word, which is written so in any question.
    [GeneratedRegex(@"(?<=\s)\p{Lu}\p{Ll}{2,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
