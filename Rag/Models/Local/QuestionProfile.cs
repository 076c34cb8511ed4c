using AiApp.Rag.Answering;
using AiApp.Rag.Text;

namespace AiApp.Rag.Models.Local;

/// <summary>What a question is made of: weighted terms, the numbers it insists on, and the kind of thing it asks for.</summary>
internal sealed record QuestionProfile(List<QuestionTerm> Terms, List<string> Numbers, AnswerKind Asks)
{
    public static QuestionProfile Create(GroundingContext grounding)
    {
        var words = Words.Split(grounding.Question);
        var terms = grounding.Terms
            .Where(term => !Words.IsFunctionWord(term.Lexeme))
            .Select(term => new QuestionTerm(term.Lexeme, term.Idf * Words.Weight(Best(words, term.Lexeme))))
            .ToList();
        // A year names the time, which retrieval has judged by validity; texts need not repeat it.
        var numbers = words.Where(word => word.Any(char.IsDigit) && !IsYear(word)).Distinct().ToList();
        return new(terms, numbers, AnswerKind.Of(words));
    }

    /// <summary>Weighted mean of <paramref name="match"/> over the terms, 0 to 1; 0 for a question without terms.</summary>
    public double Share(Func<QuestionTerm, double> match)
    {
        var total = Terms.Sum(term => term.Weight);
        return total == 0 ? 0 : Terms.Sum(term => term.Weight * match(term)) / total;
    }

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
        if (lexeme.Length < 3 || lexeme.Any(char.IsDigit))
        {
            return false;
        }
        var common = lexeme.AsSpan().CommonPrefixLength(word);
        // "polici" and "policy" differ in the stem's last letter; "allow" and "allowance" in a suffix of at most five.
        return common >= Math.Max(3, lexeme.Length - (lexeme.Length > 4 ? 1 : 0)) && word.Length - common <= (lexeme.Length <= 3 ? 2 : 5);
    }
}

/// <summary>The kind of thing that a question asks for, told from its words.</summary>
internal sealed record AnswerKind(bool WantsNumber, bool WantsTime)
{
    private static readonly string[] NumberWords =
        ["much", "many", "long", "often", "far", "old", "percentage", "price", "cost", "limit", "rate", "maximum", "minimum", "temperature", "weight"];

    public static AnswerKind Of(List<string> words) =>
        new(words.Exists(word => NumberWords.Contains(word)), words.Exists(word => word is "when" or "date" or "deadline" or "soon"));

    public bool IsAnsweredBy(string sentence) => (WantsNumber || WantsTime) && sentence.Any(char.IsDigit);
}
