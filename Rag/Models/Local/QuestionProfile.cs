using System.Text.RegularExpressions;
using AiApp.Rag.Answering;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Text;

namespace AiApp.Rag.Models.Local;

/// <summary>What a question is made of: weighted terms, the numbers it insists on, and the kind of thing it asks for.</summary>
internal sealed partial record QuestionProfile(List<QuestionTerm> Terms, List<string> Numbers, List<string> Names, AnswerKind Asks)
{
    // k1 + 1: the weight of a term that a short text repeats for ever.
    private const double MostOfTerm = 2.2;

    /// <summary>No passage scores more by BM25.</summary>
    public double MostLexical { get; private init; }

    public static QuestionProfile Create(GroundingContext grounding)
    {
        var words = Words.Split(grounding.Question);
        var asked = grounding.Terms
            .Where(term => term.Lexeme.Length > 1 && !Words.IsFunctionWord(term.Lexeme) && !IsCompound(term.Lexeme, grounding.Terms)).ToList();
        var terms = asked
            .Select(term => new QuestionTerm(term.Lexeme, term.Idf * Words.Weight(Best(words, term.Lexeme))))
            .ToList();
        // A year names the time, which retrieval has judged by validity; texts need not repeat it.
        var numbers = words.Where(word => word.Any(char.IsDigit) && !IsYear(word)).Distinct().ToList();
        return new(terms, numbers, [.. NumberedName().Matches(grounding.Question).Select(match => match.Value.ToLowerInvariant())], AnswerKind.Of(words))
        {
            MostLexical = MostOfTerm * asked.Sum(term => term.Idf),
        };
    }

    /// <summary>True when the question names a numbered thing ("Fjord 400", "E-4012") that no passage knows.</summary>
    public bool MissesName(IReadOnlyList<RetrievedChunk> passages) => Names.Exists(name => !passages.Any(passage =>
        passage.Text.Contains(name, StringComparison.OrdinalIgnoreCase) || passage.HeadingPath.Contains(name, StringComparison.OrdinalIgnoreCase)));

    [GeneratedRegex(@"\b(\p{Lu}\p{L}+ (?!(19|20)\d\d\b)\d[\w.-]*\w|\p{Lu}+-?\d[\w.-]*)\b", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex NumberedName();

    /// <summary>Weighted mean of <paramref name="match"/> over the terms, 0 to 1; 0 for a question without terms.</summary>
    public double Share(Func<QuestionTerm, double> match)
    {
        var total = Terms.Sum(term => term.Weight);
        return total == 0 ? 0 : Terms.Sum(term => term.Weight * match(term)) / total;
    }

    /// <summary>Postgres gives "full-time" as itself and as its parts; counted thrice it would drown the rest of the question.</summary>
    private static bool IsCompound(string lexeme, IReadOnlyList<QueryTerm> terms) =>
        lexeme.IndexOf('-', 1) > 0 && Array.TrueForAll(lexeme.Split('-'), part => terms.Any(term => term.Lexeme != lexeme
            && (part.StartsWith(term.Lexeme, StringComparison.Ordinal) || term.Lexeme.StartsWith(part, StringComparison.Ordinal))));

    private static bool IsYear(string word) => word is ['1', '9', _, _] or ['2', '0', _, _];

    private static string Best(List<string> words, string lexeme) =>
        words.Find(word => QuestionTerm.Matches(lexeme, word)) ?? lexeme;
}

/// <summary>A lexeme as Postgres stems it. A word matches when it begins like the lexeme, the stem's own changes forgiven.</summary>
internal sealed record QuestionTerm(string Lexeme, double Weight)
{
    public bool Matches(string word) => Matches(Lexeme, word);

    public static bool Matches(string lexeme, string word)
    {
        if (word == lexeme)
        {
            return true;
        }
        if (lexeme.Any(char.IsDigit))
        {
            // Postgres reads "E-4012" as "e" and "-4012".
            return lexeme[0] == '-' && word.EndsWith(lexeme, StringComparison.Ordinal);
        }
        if (lexeme.Length < 3)
        {
            return false;
        }
        var common = lexeme.AsSpan().CommonPrefixLength(word);
        // The whole stem with its ending: "admin" in "administrator", "allow" in "allowance".
        if (common == lexeme.Length)
        {
            return word.Length - common <= (lexeme.Length <= 3 ? 2 : lexeme.Length + 3);
        }
        // Stems that change their ending: "polici" and "policy", "canadian" and "canada".
        return common >= 4 && common >= 0.6 * Math.Max(lexeme.Length, word.Length);
    }
}

/// <summary>The kind of thing that a question asks for, told from its words.</summary>
internal sealed partial record AnswerKind(bool WantsNumber, bool WantsDuration, bool WantsName, IReadOnlyCollection<string> Asked)
{
    private static readonly string[] NumberQuestions =
    [
        "much", "many", "often", "far", "old", "when", "date", "deadline", "percentage", "price", "cost", "limit", "rate", "maximum",
        "minimum", "temperature", "weight", "year",
    ];

    private static readonly string[] NameQuestions = ["who", "whom", "whose", "where"];
    private static readonly string[] Places = ["city", "country", "state", "place", "river", "location", "region", "town"];

    private static readonly string[] DurationQuestions = ["long", "soon", "quickly", "early", "late"];

    private static readonly string[] NumberWords =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twice", "daily", "weekly", "monthly", "yearly", "annually", "half"];

    private static readonly string[] TimeUnits =
        ["second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months", "quarter", "year", "years"];

    public static AnswerKind Of(List<string> words)
    {
        var duration = words.Zip(words.Skip(1)).Any(pair => pair.First == "how" && DurationQuestions.Contains(pair.Second));
        var name = words.Exists(word => NameQuestions.Contains(word))
            || words.Zip(words.Skip(1)).Any(pair => pair.First is "what" or "which" && Places.Contains(pair.Second));
        return new(duration || words.Exists(word => NumberQuestions.Contains(word)), duration, name, [.. words]);
    }

    /// <summary>True when the sentence brings a number that the question did not, with a unit of time where one is asked for.</summary>
    public bool IsAnsweredBy(List<string> sentence) => WantsNumber
        && sentence.Exists(word => (char.IsDigit(word[0]) || NumberWords.Contains(word)) && !Asked.Contains(word))
        && (!WantsDuration || sentence.Exists(word => TimeUnits.Contains(word)));

    /// <summary>True when a name is asked for and the sentence has one, not at its beginning, that the question has not.</summary>
    public bool IsNamedBy(string sentence) => WantsName && Capitalised().Matches(sentence).Any(match => !Asked.Contains(match.Value.ToLowerInvariant()));

    [GeneratedRegex(@"(?<=[\p{L}\p{N},;:)""'”’] )\p{Lu}\p{Ll}\w*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Capitalised();
}
