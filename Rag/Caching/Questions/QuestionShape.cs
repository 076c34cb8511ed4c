using System.Text.RegularExpressions;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Text.Facts;

namespace AiApp.Rag.Caching.Questions;

/// <summary>What two questions are compared by: the kind of thing that is asked, the words that carry it in their order, and the facts named.</summary>
internal sealed partial record QuestionShape
{
    /// <summary>What a question may begin with besides a word that asks, as part of a pattern.</summary>
    public const string Auxiliaries = "is|are|am|do|does|did|can|could|may|might|must|should|shall|will|would|has|have|had|was|were|if|whether";

    private QuestionShape()
    {
    }

    /// <summary>who, when, where, why, amount, how, whether, or what; with the time and the duty that it speaks of.</summary>
    public required string Kind { get; init; }

    /// <summary>Every word that counts, in one form, in the order of the question.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>
    /// The same in pieces: what stands behind a preposition is one with it, and what stands behind a comma or begins with a word that asks.
    /// A piece may move as a whole, unless another begins with the same preposition; inside of it the order says who does what to whom.
    /// </summary>
    public required IReadOnlyList<string> Pieces { get; init; }

    public required QuestionPersons Persons { get; init; }

    /// <summary>What is somebody's ("my refund"), and what is any ("a refund"): the one that is there is not the one that is wanted.</summary>
    public required IReadOnlySet<string> Owned { get; init; }
    public required IReadOnlySet<string> Any { get; init; }
    public required TextFacts Facts { get; init; }

    /// <summary>Phrases and exclusions change what is found: such a question is like itself only.</summary>
    public required bool IsConstrained { get; init; }

    public static QuestionShape Of(string question)
    {
        var text = QuestionText.WithoutFrame(QuestionText.Normalise(question));
        var tokens = Tokens().Matches(text).Select(match => match.Value).ToList();
        List<string> plain = [.. tokens.Select(token => token.ToLowerInvariant())];
        var isEnglish = FreeWords.AreEnglish(plain);
        var pieces = new List<List<string>> { new() { "" } };
        var first = tokens.Count;
        for (var i = 0; i < tokens.Count; i++)
        {
            Read(tokens, plain, i, pieces, isEnglish);
            first = first == tokens.Count && pieces[^1].Count > 1 ? i : first;
        }
        var said = pieces.Where(piece => piece.Count > 1 || piece[0].Length > 0).Select(piece => string.Join(' ', piece)).ToList();
        return new()
        {
            Kind = KindOf([.. plain.Where(token => token is not ",")]),
            Persons = QuestionPersons.Of(plain, first),
            Words = [.. pieces.SelectMany(piece => piece).Where(word => word.Length > 0)],
            // "From the drive of Finance to the drive of Sales": where two begin alike, their order says to what each of them belongs.
            Pieces = pieces.Select(piece => piece[0]).Where(word => word.Length > 0).GroupBy(word => word, StringComparer.Ordinal).Any(alike => alike.Count() > 1)
                ? said
                : [.. said.Order(StringComparer.Ordinal)],
            Owned = Behind(plain, word => word is "my" or "our" or "your"),
            Any = Behind(plain, word => word is "a" or "an" or "any" or "some"),
            Facts = TextFacts.Of(text),
            IsConstrained = SearchText.Parse(question).IsConstrained,
        };
    }

    private static HashSet<string> Behind(List<string> plain, Func<string, bool> isMarked) =>
        [.. plain.Zip(plain.Skip(1)).Where(pair => isMarked(pair.First)).Select(pair => WordForm.Of(pair.Second))];

    private static void Read(List<string> tokens, List<string> plain, int at, List<List<string>> pieces, bool isEnglish)
    {
        var word = plain[at];
        var before = at > 0 ? plain[at - 1] : "";
        var behind = at + 1 < plain.Count ? plain[at + 1] : "";
        if (IsSymbol(tokens[at], before))
        {
            pieces[^1].Add(tokens[at]);
        }
        else if (word.EndsWith("n't", StringComparison.Ordinal) || word is "cannot")
        {
            pieces[^1].Add("not");
        }
        else if (IsInCapitals(tokens[at]))
        {
            pieces[^1].Add(word);
        }
        else if (word is ",")
        {
            pieces.Add([""]);
        }
        else if (IsAsking(word))
        {
            // The first of them is the kind; "when and where" asks for two.
            pieces.Add([plain.FindIndex(IsAsking) == at ? "" : Bare(word)]);
        }
        else if (!isEnglish)
        {
            pieces[^1].Add(Meaning(word, before));
        }
        else if (FreeWords.ArePrepositions(word))
        {
            if (word is not "to" || (at > 0 && !FreeWords.PrecedeVerbs(before)))
            {
                pieces.Add([word]);
            }
        }
        else if (!IsFree(word) || FreeWords.AreVerbs(word, before, behind))
        {
            var meaning = Meaning(FreeWords.ArePresent(plain, at) && !(at > 1 && IsAsking(plain[at - 2])) ? WordForm.WithoutPresent(word) : word, before);
            // "Who must be notified?" is not "Who must notify?".
            var isPassive = word.EndsWith("ed", StringComparison.Ordinal) && meaning != word && plain.Take(at).Any(FreeWords.MakePassive);
            pieces[^1].Add(isPassive ? "be " + meaning : meaning);
        }
    }

    /// <summary>Of a unit in few letters: 5 mW are not 5 MW, and 5 Mb not 5 MB.</summary>
    private static bool IsSymbol(string token, string before) =>
        (token.Length is 1 or 2 && char.IsLetter(token[0]) && before.Length > 0 && char.IsDigit(before[^1]))
        || (char.IsDigit(token[0]) && token.AsSpan().TrimStart("0123456789.,") is { Length: 1 or 2 } unit && char.IsLetter(unit[0]));

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
        var isDuty = words.Where((word, i) => FreeWords.AreDuties(word, i > 0 ? words[i - 1] : "")).Any() || words.Zip(words.Skip(1)).Any(pair => pair is ("have" or "has", "to"));
        // "How long will it take" asks what "does it take" asks; "what will it be" does not ask what it is.
        var isFuture = words.Contains("be") && words.Any(word => word is "will" or "shall" or "won't" || word.EndsWith("'ll", StringComparison.Ordinal));
        return $"{kind}{(isPast ? " past" : "")}{(isFuture ? " future" : "")}{(isDuty ? " duty" : "")}";
    }

    private static bool IsAsking(string word) => Bare(word) is "who" or "whom" or "whose" or "when" or "where" or "why" or "how" or "what" or "which";

    private static string Bare(string word) => word.IndexOf('\'', StringComparison.Ordinal) is > 0 and var mark ? word[..mark] : word;

    [GeneratedRegex(@"\A(?:" + Auxiliaries + @")(?:n't)?\z", RegexOptions.None, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Auxiliary();

    [GeneratedRegex(@"\A(?:did|was|were|had)(?:n't)?\z", RegexOptions.None, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Past();

    [GeneratedRegex(@"(?:(?<![\p{L}\p{N}])[-+−](?=\d))?[\p{L}\p{M}\p{N}]+(?:['\-_.:,/][\p{L}\p{M}\p{N}]+)*[+#]*|[^\s\p{P}\p{L}\p{M}\p{N}]|[,%&@#*/]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Tokens();
}
