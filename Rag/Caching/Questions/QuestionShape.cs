using System.Text.RegularExpressions;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Text.Facts;

namespace AiApp.Rag.Caching.Questions;

/// <summary>What two questions are compared by: the kind of thing that is asked, the words that carry it in their order, and the facts named.</summary>
internal sealed partial record QuestionShape
{
    private QuestionShape()
    {
    }

    /// <summary>who, when, where, why, amount, how, whether, or what; with the time and the duty that it speaks of.</summary>
    public required string Kind { get; init; }

    /// <summary>Every word that counts, in one form, in the order of the question; prepositions with what they bind to.</summary>
    public required IReadOnlyList<string> Words { get; init; }
    public required TextFacts Facts { get; init; }

    /// <summary>Phrases and exclusions change what is found: such a question is like itself only.</summary>
    public required bool IsConstrained { get; init; }

    public static QuestionShape Of(string question)
    {
        var text = QuestionText.WithoutFrame(QuestionText.Normalise(question));
        var tokens = Tokens().Matches(text).Select(match => match.Value).ToList();
        var words = new List<string>(tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
        {
            var word = tokens[i].ToLowerInvariant();
            if (word.EndsWith("n't", StringComparison.Ordinal) || word is "cannot")
            {
                words.Add("not");
            }
            else if (IsInCapitals(tokens[i]))
            {
                words.Add(word);
            }
            else if (FreeWords.Bind(word))
            {
                AddBinding(words, tokens, i, word);
            }
            else if (!IsFree(word))
            {
                words.Add(Meaning(word, i > 0 ? tokens[i - 1] : ""));
            }
        }
        return new()
        {
            Kind = KindOf([.. tokens.Select(token => token.ToLowerInvariant())]),
            Words = words,
            Facts = TextFacts.Of(text),
            IsConstrained = SearchText.Parse(question).IsConstrained,
        };
    }

    private static void AddBinding(List<string> words, List<string> tokens, int at, string word)
    {
        if (word == "to" && (at == 0 || FreeWords.PrecedeVerbs(tokens[at - 1].ToLowerInvariant())))
        {
            return;
        }
        var bound = tokens.Skip(at + 1).FirstOrDefault(token => IsInCapitals(token) || !IsFree(token.ToLowerInvariant()));
        words.Add(bound is null ? word : $"{word}>{Meaning(bound.ToLowerInvariant(), "")}");
    }

    // "What's", "I'm": the part behind the apostrophe is free as well.
    private static bool IsFree(string word) =>
        FreeWords.Contains(word) || (word.IndexOf('\'', StringComparison.Ordinal) is > 0 and var mark && FreeWords.Contains(word[mark..]) && FreeWords.Contains(word[..mark]));

    private static string Meaning(string word, string before) =>
        (word.Length == 1 && !char.IsLetterOrDigit(word[0])) || (before.Length > 0 && char.IsDigit(before[0])) ? Units.Find(word) ?? WordForm.Of(word) : WordForm.Of(word);

    private static bool IsInCapitals(string token) => token.Length >= 2 && token.Any(char.IsLetter) && !token.Any(char.IsLower);

    private static string KindOf(IReadOnlyList<string> words)
    {
        var at = 0;
        while (at < words.Count && !IsAsking(words[at]))
        {
            at++;
        }
        var first = at < words.Count ? Bare(words[at]) : "";
        var next = at + 1 < words.Count ? words[at + 1] : "";
        var kind = first switch
        {
            "who" or "whom" or "whose" or "when" or "where" or "why" => first == "whom" ? "who" : first,
            "how" when next is "much" or "many" => "amount",
            "how" when next is "long" or "often" or "far" or "old" or "soon" or "late" or "early" or "big" or "large" or "high" or "fast" => "degree",
            "how" => "how",
            "what" or "which" => "what",
            _ => words.Count > 0 && Auxiliary().IsMatch(words[0]) ? "whether" : "what",
        };
        var isPast = words.Any(word => Past().IsMatch(word));
        var isDuty = words.Any(FreeWords.AreDuties) || words.Zip(words.Skip(1)).Any(pair => pair is ("have" or "has", "to"));
        return $"{kind}{(isPast ? " past" : "")}{(isDuty ? " duty" : "")}";
    }

    private static bool IsAsking(string word) => Bare(word) is "who" or "whom" or "whose" or "when" or "where" or "why" or "how" or "what" or "which";

    private static string Bare(string word) => word.IndexOf('\'', StringComparison.Ordinal) is > 0 and var mark ? word[..mark] : word;

    [GeneratedRegex(@"\A(?:is|are|am|do|does|did|can|could|may|might|must|should|shall|will|would|has|have|had|was|were|if|whether)(?:n't)?\z", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Auxiliary();

    [GeneratedRegex(@"\A(?:did|was|were|had)(?:n't)?\z", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Past();

    [GeneratedRegex(@"(?:(?<![\p{L}\p{N}])[-+−](?=\d))?[\p{L}\p{M}\p{N}]+(?:['\-_.:,/][\p{L}\p{M}\p{N}]+)*[+#]*|[^\s\p{P}\p{L}\p{M}\p{N}]|[%&@#*/]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Tokens();
}
