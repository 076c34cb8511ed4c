using System.Text.RegularExpressions;

namespace AiApp.Rag.Conversations.FollowUps;

/// <summary>
/// Makes an English follow-up stand alone without a model: what is left out is taken from the question before, what is pointed at by a
/// pronoun too. A question that may stand alone stays as it is: a wrong subject is worse than none.
/// </summary>
internal static partial class FollowUpRules
{
    // A follow-up is short, and the time that the rules take grows with the cube of it.
    private const int Longest = 300;

    /// <summary>Null when the question stands alone, or nobody can say what it refers to.</summary>
    public static string? Rewrite(string question, IReadOnlyList<PathTurn> path)
    {
        if (question.Length > Longest || path is not [.., var last] || Phrases.Find(last.Question) is not { Count: > 0 } phrases)
        {
            return null;
        }
        var asked = question.Trim();
        var before = new Before(last.Question, phrases, last.Answer is { } answer ? ConversationMemory.Plain(answer) : null);
        var rewritten = Ellipsis(asked, before) ?? Bare(asked, before) ?? References.Resolve(Opener().Replace(asked, ""), before);
        return rewritten is null || rewritten == asked ? null : char.ToUpperInvariant(rewritten[0]) + rewritten[1..];
    }

    /// <summary>"And for Stockholm?", "What about part-timers?": the question before, about something else.</summary>
    private static string? Ellipsis(string asked, Before before)
    {
        if (WhatAbout().Match(asked) is not { Success: true } match)
        {
            return null;
        }
        var preposition = match.Groups["preposition"].Value.ToLowerInvariant();
        var subject = match.Groups["subject"].Value.Trim();
        if (subject.Length == 0 || Phrases.Split(subject) is not { Count: > 0 } words)
        {
            return null;
        }
        if (words[0].Kind is WordKind.Pronoun)
        {
            return Bare("", before);
        }
        // "And who approves it?" is a question of its own.
        return words.Exists(word => word.Kind is WordKind.Question or WordKind.Auxiliary) ? null : Slots.Put(preposition, subject, before);
    }

    /// <summary>"Why?", "Since when?", "Any exceptions?": about what was asked before.</summary>
    private static string? Bare(string asked, Before before)
    {
        var bare = Opener().Replace(asked, "").TrimEnd('?', '.', '!', ' ');
        var words = Phrases.Split(bare);
        var isBare = words.Count switch
        {
            0 => true,
            _ when BareWords().IsMatch(bare) => true,
            <= 3 => words[0].Kind == WordKind.Question && words.Count(word => word.Kind is WordKind.Content or WordKind.Verb) <= 1
                && !words.Exists(word => word.Kind == WordKind.Pronoun || word.Text is "is" or "are" or "was" or "were")
                && words.TrueForAll(word => word.Kind is not WordKind.Content || words.Count == 2 && FollowUpWords.IsVerb(word.Text)),
            _ => false,
        };
        return !isBare ? null : bare.Length == 0 ? before.Question : $"{bare}: {before.Question}";
    }

    [GeneratedRegex(@"\A(?:(?:and|but|or|so|then|also|ok|okay|well)\b,?\s+)+(?=\S)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Opener();

    [GeneratedRegex("""
        \A(?:(?:(?:and|but|or|so|then|ok|okay|well),?\s+)*(?:what|how)\s+(?:about|of)\s+(?:(?<preposition>for|in|on|at|from|with|after|before|during|to)\s+)?
        |(?:and|but|or|so),?\s+(?:what\s+)?(?:(?<preposition>for|in|on|at|from|with|after|before|during|to)\s+)?
        |(?:is|are|was|does|do)\s+(?:it|that|this|they)\s+(?:(?:also|the\s+same|different|apply|the\s+case|valid|true)\s+)+(?<preposition>for|in|on|at|from|with|after|before|during|to)\s+
        |(?:the\s+)?same\s+(?<preposition>for|in|on|at|from|with|after|before|during|to)\s+)(?<subject>[^?]+?)\s*\??\z
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex WhatAbout();

    [GeneratedRegex("""
        \A(?:(?:since|until|from|by|for)\s+(?:when|how\s+long|whom)|how\s+(?:much|many|long|often|come|so|far|exactly)|why(?:\s+not|\s+so)?|when(?:\s+exactly)?|where(?:\s+exactly)?
        |who(?:\s+else|\s+exactly)?|how|what\s+else|what\s+for|which\s+ones?|in\s+(?:which|what)\s+case|(?:are\s+there\s+|any\s+)(?:any\s+|other\s+)*(?:exceptions?|limits?|conditions?|examples?|deadlines?|details?)
        |(?:can\s+you\s+|please\s+)*(?:give|show)\s+(?:me\s+)?(?:an?\s+|some\s+|more\s+)*(?:examples?|details?)|(?:please\s+)?tell\s+me\s+more|more\s+details?|for\s+example|examples?|(?:can\s+you\s+|please\s+)*explain(?:\s+(?:it|that|this|more))?
        |(?:really|are\s+you\s+sure)|(?:and\s+)?(?:then|otherwise)|what\s+(?:then|next|if\s+not)|go\s+on|continue)\z
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex BareWords();
}

/// <summary>The turn before: its question, the phrases of it, and its answer without markers.</summary>
internal sealed record Before(string Question, IReadOnlyList<Phrase> Phrases, string? Answer)
{
    /// <summary>What it is about: the first thing, with what belongs to it; else whatever comes first.</summary>
    public Phrase Focus { get; } = Phrases.FirstOrDefault(phrase => phrase.Kind is PhraseKind.Thing && !IsMeasure(Question, phrase))
        ?? Phrases.FirstOrDefault(phrase => phrase.Kind is PhraseKind.Name) ?? Phrases[0];

    /// <summary>The focus with the phrases that a preposition ties to it: "the travel allowance for Berlin".</summary>
    public string Named
    {
        get
        {
            var end = Focus.End;
            foreach (var phrase in Phrases.SkipWhile(one => one != Focus).Skip(1))
            {
                if (phrase.Preposition is not ("for" or "in" or "of" or "at" or "on") || Question[end..phrase.WholeStart].Trim() != phrase.Preposition)
                {
                    break;
                }
                end = phrase.End;
            }
            return Focus.Named + Question[Focus.End..end];
        }
    }

    // "How many days of annual leave": what is counted is not what it is about.
    private static bool IsMeasure(string question, Phrase phrase) =>
        phrase.Words.All(FollowUpWords.IsTime) || question[phrase.End..].TrimStart().StartsWith("of ", StringComparison.OrdinalIgnoreCase)
        && question[..phrase.Start].TrimEnd() is var before && (before.EndsWith("many", StringComparison.OrdinalIgnoreCase) || before.EndsWith("much", StringComparison.OrdinalIgnoreCase));
}
