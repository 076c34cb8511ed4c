using System.Text.RegularExpressions;

namespace AiApp.Rag.Conversations.FollowUps;

/// <summary>Puts names in the place of what points at them: pronouns, "there", "that rate".</summary>
internal static partial class References
{
    /// <summary>Null when nothing in the question points outside of it.</summary>
    public static string? Resolve(string asked, Before before) =>
        Expletive().IsMatch(asked) ? null : Pronoun(asked, before) ?? Place(asked, before) ?? Definite(asked, before);

    private static string? Pronoun(string asked, Before before)
    {
        foreach (Match match in Pronouns().Matches(asked))
        {
            var word = match.Value.ToLowerInvariant();
            if (IsInside(asked, match, word) || Antecedent(word, before) is not { } antecedent)
            {
                continue;
            }
            var owner = word is "its" or "their" or "his" || word == "her" && Follows(asked, match) is WordKind.Content;
            return asked[..match.Index] + (owner ? Possessive(antecedent) : antecedent) + asked[(match.Index + match.Length)..];
        }
        return null;
    }

    /// <summary>Whether it points at something in the question itself, or at nothing.</summary>
    private static bool IsInside(string asked, Match match, string word)
    {
        var first = Phrases.Find(asked[..match.Index]);
        return word switch
        {
            // "that we need", "this form": they point forwards.
            "that" or "this" or "these" or "those" => Follows(asked, match) is WordKind.Content or WordKind.Pronoun or WordKind.Determiner or WordKind.Question
                || word == "that" && first.Count > 0 && first[^1].End >= match.Index - 1,
            "it" => first.Count > 0 && SubClause().IsMatch(asked[..match.Index]),
            _ => first.Exists(phrase => phrase.Kind == PhraseKind.Person || phrase.IsPlural || phrase.Kind == PhraseKind.Name)
                || word is "its" && first.Count > 0,
        };
    }

    private static string? Antecedent(string word, Before before) => word switch
    {
        "he" or "she" or "him" or "his" or "her" => Somebody(before),
        "they" or "them" or "their" or "these" or "those" => AsksForSomebody().IsMatch(before.Question) && Somebody(before) is { } person ? person
            : before.Phrases.FirstOrDefault(phrase => phrase.IsPlural && phrase.Kind is not PhraseKind.Time) is { } several ? several.Named
            : before.Named,
        _ => before.Named,
    };

    private static string? Somebody(Before before) =>
        before.Answer is { } answer && ByWhom().Match(answer) is { Success: true } by ? by.Groups["who"].Value
        : before.Phrases.FirstOrDefault(phrase => phrase.Kind == PhraseKind.Person) is { } person ? person.Named
        : before.Answer is { } said && Phrases.Find(said).Find(phrase => phrase.Kind == PhraseKind.Person) is { } told ? told.Named
        : null;

    /// <summary>"Can I park there?" is where the question before was.</summary>
    private static string? Place(string asked, Before before) =>
        There().Match(asked) is { Success: true } match
        && before.Phrases.LastOrDefault(phrase => phrase.Preposition is "in" or "at" or "on" or "to" or "from" && phrase.Kind is PhraseKind.Name or PhraseKind.Thing) is { Preposition: not null } place
            ? asked[..match.Index] + (place.Preposition is "to" or "from" ? "in" : place.Preposition) + " " + place.Named + asked[(match.Index + match.Length)..]
            : null;

    /// <summary>"That allowance" and "the allowance" are "the travel allowance" when that was spoken of.</summary>
    private static string? Definite(string asked, Before before)
    {
        foreach (var phrase in Phrases.Find(asked).Where(phrase => phrase is { Words.Count: 1, Determiner: "the" or "that" or "this" or "these" or "those" }))
        {
            // "The expenses that suppliers cause", "the number of the help desk": said well enough.
            if (Specified().IsMatch(asked[phrase.End..]))
            {
                continue;
            }
            var known = before.Phrases.FirstOrDefault(one => one.Words.Count > 1 && FollowUpWords.IsAlike(one.Head, phrase.Head))
                ?? (phrase.Determiner == "the" ? null : before.Phrases.FirstOrDefault(one => FollowUpWords.IsAlike(one.Head, phrase.Head)));
            if (known is not null)
            {
                return asked[..phrase.WholeStart] + $"the {known.Text}" + asked[phrase.End..];
            }
            if (phrase.Determiner != "the" && General().IsMatch(phrase.Head))
            {
                return asked[..phrase.WholeStart] + before.Named + asked[phrase.End..];
            }
        }
        return null;
    }

    private static WordKind? Follows(string asked, Match match) =>
        Phrases.Split(asked[(match.Index + match.Length)..]) is not [var next, ..] ? null
            : FollowUpWords.IsParticiple(next.Text) ? WordKind.Verb
            : next.Kind == WordKind.Verb && !next.Text.EndsWith('s') ? WordKind.Content
            : next.Kind;

    private static string Possessive(string name) => name + (name.EndsWith('s') ? "’" : "’s");

    [GeneratedRegex(@"\b(?:it|its|they|them|their|he|she|him|his|her|that|this|these|those)\b(?!['’-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Pronouns();

    // "Is it possible to", "how long does it take to": it is nothing.
    [GeneratedRegex(
        @"\b(?:is|was|would|isn['’]t)\s+it\s+(?:\w+\s+)?(?:possible|allowed|necessary|mandatory|required|permitted|legal|safe|ok|okay|true|forbidden|common|better|enough|worth)\b(?=\s+\w)|\bit\s+(?:take|cost)\s+(?:\w+\s+)?to\b|\bit\s+(?:is|was)\s+\w+\s+(?:to|that)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Expletive();

    [GeneratedRegex(@",|\b(?:if|when|after|before|while|once|because|and|until|unless|or)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex SubClause();

    [GeneratedRegex(@"(?<!\b(?:is|are|was|were)\s)\bthere\b(?!\s+(?:is|are|was|were|be|a|an|any)\b)(?<!\A[Tt]here)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex There();

    [GeneratedRegex(@"\bby\s+(?<who>(?:the|your|our)\s+[\p{L}-]+(?:\s+[\p{L}-]+)?|\p{Lu}[\p{L}-]+(?:\s+\p{Lu}[\p{L}-]+)*)(?=[\s.,;]|\z)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex ByWhom();

    [GeneratedRegex(@"\A\s*(?:who|which\s+person|to\s+whom)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex AsksForSomebody();

    [GeneratedRegex(@"\A\s+(?:of|for|that|which|who|in|at|on|from|to|with)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Specified();

    [GeneratedRegex(@"\A(?:case|rule|rules|process|policy|thing|topic|document|amount|number|time|period|request)\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex General();
}
