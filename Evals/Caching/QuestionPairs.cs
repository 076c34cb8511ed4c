using System.Globalization;
using System.Text.RegularExpressions;

namespace AiApp.Evals.Caching;

/// <summary>Two questions, and whether they ask the same.</summary>
internal sealed record QuestionPair(string Cached, string Asked, bool IsSame, string Kind);

/// <summary>Pairs drawn from a seed: half of them ask the same in other words, half differ in one thing that matters.</summary>
internal sealed partial class QuestionPairs(int seed)
{
    private static readonly string[] Places = ["Sweden", "Norway", "Germany", "Halifax", "Berlin", "Spain", "Portugal", "Lisbon", "Austria", "Australia", "Iceland", "Ireland"];
    private static readonly string[] Names = ["Lindqvist AB", "Lindgren AB", "Nordlicht", "Northlight", "Anna Berg", "Anna Borg", "Fjord Partners", "Ford Partners"];
    private static readonly string[] Products = ["Fjord 300", "Fjord 400", "Lumen Plus", "Lumen Pro", "scanner", "scooter", "heater", "laptop", "Atlas X2", "Atlas X3"];
    private static readonly string[] Units = ["days", "weeks", "hours", "months", "minutes"];
    private static readonly string[] Money = ["EUR", "USD", "SEK", "pounds", "francs"];
    private static readonly string[] Codes = ["E-4012", "E-4021", "E-4013", "W-4012", "0x80070005", "0x80070006"];
    private static readonly string[] Months = ["January", "March", "May", "June", "July", "November"];

    internal static readonly string[] Frames =
        ["Please tell me: {0}", "Hello, {0}", "Hi! {0} Thanks!", "Could you tell me {0}", "I would like to know: {0}", "Do you know {0}", "Quick question: {0}", "{0} Thank you.", "{0} please"];

    internal static readonly (string From, string To)[] Opposites =
    [
        ("before", "after"), ("after", "before"), ("maximum", "minimum"), ("minimum", "maximum"), ("with a", "without a"), ("above", "below"), ("more than", "less than"),
        ("first", "last"), ("include", "exclude"), ("open", "closed"), ("end", "start"), ("since", "until"),
    ];

    internal static readonly (string From, string To)[] Negations =
        [("can ", "cannot "), ("does ", "does not "), ("is ", "is not "), ("are ", "are not "), ("do ", "do not "), ("must ", "must not "), ("was ", "was not "), ("approves", "does not approve")];

    private readonly Random _random = new(seed);

    public IReadOnlyList<QuestionPair> Draw(int count)
    {
        var pairs = new List<QuestionPair>(count);
        string[] same = ["frame", QuestionTemplate.Form, QuestionTemplate.Order, QuestionTemplate.Synonym];
        string[] other = ["number", "date", "negation", "entity", "unit", "opposite", "roles", "asked for"];
        while (pairs.Count < count)
        {
            var isSame = pairs.Count % 2 == 0;
            var kind = isSame ? same[pairs.Count / 2 % same.Length] : other[pairs.Count / 2 % other.Length];
            var template = QuestionTemplate.All[_random.Next(QuestionTemplate.All.Count)];
            var slots = DrawSlots();
            if ((isSame ? Paraphrase(template, slots, kind) : Change(template, slots, kind)) is { } asked)
            {
                pairs.Add(new(Fill(template.Wordings[0].Text, slots), asked, isSame, kind));
            }
        }
        return pairs;
    }

    private string? Paraphrase(QuestionTemplate template, Dictionary<string, string> slots, string kind) => kind == "frame"
        ? InFrame(Fill(template.Wordings[0].Text, slots))
        : Fill(template.Wordings.First(wording => wording.Kind == kind).Text, slots);

    /// <summary>One thing is another one; half of the time in another frame or form as well.</summary>
    private string? Change(QuestionTemplate template, Dictionary<string, string> slots, string kind)
    {
        var text = template.Wordings[_random.Next(2)].Text;
        var changed = new Dictionary<string, string>(slots);
        string? asked = kind switch
        {
            "number" => Redraw(text, changed, ["n"]),
            "date" => Redraw(text, changed, ["date"]),
            "entity" => Redraw(text, changed, ["place", "name", "product", "code"]),
            "unit" => Redraw(text, changed, ["unit", "money"]),
            "negation" => Replace(Fill(text, slots), Negations),
            "opposite" => Replace(Fill(text, slots), Opposites),
            "roles" => Swap(text, slots),
            _ => Replace(Fill(text, slots), [("What is the", "Who set the"), ("How many", "Why so many"), ("Who approves", "When does one approve"), ("Where do", "When do"), ("When does", "Why does"), ("How do I", "When can I"), ("How long", "How good")]),
        };
        return asked is null ? null : _random.Next(2) == 0 ? InFrame(asked) : asked;
    }

    private string? Redraw(string text, Dictionary<string, string> slots, string[] names)
    {
        var present = names.Where(name => text.Contains($"{{{name}}}", StringComparison.Ordinal)).ToArray();
        if (present.Length == 0)
        {
            return null;
        }
        var name = present[_random.Next(present.Length)];
        var before = slots[name];
        while (slots[name] == before)
        {
            slots[name] = DrawSlots()[name];
        }
        return Fill(text, slots);
    }

    private static string? Swap(string text, Dictionary<string, string> slots)
    {
        if (text.Contains("{place2}", StringComparison.Ordinal))
        {
            return Fill(text, new(slots) { ["place"] = slots["place2"], ["place2"] = slots["place"] });
        }
        return text.Contains("a manager overrule an auditor", StringComparison.Ordinal)
            ? Fill(text.Replace("a manager overrule an auditor", "an auditor overrule a manager", StringComparison.Ordinal), slots)
            : null;
    }

    private string? Replace(string text, (string From, string To)[] rules)
    {
        var fitting = rules.Where(rule => text.Contains(rule.From, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (fitting.Length == 0)
        {
            return null;
        }
        var (from, to) = fitting[_random.Next(fitting.Length)];
        var at = text.IndexOf(from, StringComparison.OrdinalIgnoreCase);
        return text[..at] + (char.IsUpper(text[at]) ? char.ToUpperInvariant(to[0]) + to[1..] : to) + text[(at + from.Length)..];
    }

    private string InFrame(string text) => string.Format(CultureInfo.InvariantCulture, Frames[_random.Next(Frames.Length)], text);

    private Dictionary<string, string> DrawSlots()
    {
        var place = Pick(Places);
        return new()
        {
            ["place"] = place,
            ["place2"] = Pick([.. Places.Where(other => other != place)]),
            ["name"] = Pick(Names),
            ["product"] = Pick(Products),
            ["unit"] = Pick(Units),
            ["money"] = Pick(Money),
            ["code"] = Pick(Codes),
            ["n"] = (_random.Next(3) switch { 0 => _random.Next(2, 13), 1 => _random.Next(13, 100), _ => _random.Next(1, 60) * 50 }).ToString(CultureInfo.InvariantCulture),
            ["date"] = _random.Next(3) switch
            {
                0 => $"{_random.Next(1, 29)} {Pick(Months)} {_random.Next(2021, 2027)}",
                1 => $"{Pick(Months)} {_random.Next(2021, 2027)}",
                _ => $"{_random.Next(2021, 2027)}-{_random.Next(1, 13):00}-{_random.Next(1, 29):00}",
            },
        };
    }

    private string Pick(string[] from) => from[_random.Next(from.Length)];

    private static string Fill(string text, Dictionary<string, string> slots) => Slot().Replace(text, match => slots[match.Groups["name"].Value]);

    [GeneratedRegex(@"\{(?<name>[a-z0-9]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Slot();
}
