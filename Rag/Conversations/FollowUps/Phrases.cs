using System.Text.RegularExpressions;

namespace AiApp.Rag.Conversations.FollowUps;

internal enum PhraseKind { Thing, Person, Time, Name }

/// <summary>A word of a question, in lower case and where it stands.</summary>
internal sealed record QuestionWord(string Text, int Start, int End, WordKind Kind, bool IsCapital);

/// <summary>Words that name something, such as "parking permit".</summary>
internal sealed record Phrase
{
    public required string Text { get; init; }

    /// <summary>Where its words stand, determiner not included.</summary>
    public required int Start { get; init; }
    public required int End { get; init; }
    public required IReadOnlyList<string> Words { get; init; }
    public required PhraseKind Kind { get; init; }
    public string? Preposition { get; init; }
    public string? Determiner { get; init; }

    /// <summary>Where the preposition stands; the beginning where there is none.</summary>
    public required int PrepositionStart { get; init; }

    /// <summary>Where the determiner or, without one, the first word stands.</summary>
    public required int WholeStart { get; init; }

    public string Head => Words[^1];

    public bool IsPlural => Head.EndsWith('s') && !Head.EndsWith("ss", StringComparison.Ordinal) && Kind != PhraseKind.Name;

    /// <summary>To be put in the place of a pronoun.</summary>
    public string Named => Determiner is "the" or "a" or "an" or "this" or "that" or "my" or "our" or "your" ? $"the {Text}" : Text;
}

/// <summary>Finds the phrases of an English question by the words around them.</summary>
internal static partial class Phrases
{
    public static List<QuestionWord> Split(string text)
    {
        var words = new List<QuestionWord>();
        foreach (Match match in Word().Matches(text))
        {
            var lower = match.Value.ToLowerInvariant();
            words.Add(new(lower, match.Index, match.Index + match.Length, KindOf(words, lower), char.IsUpper(match.Value[0])));
        }
        // "What does the warranty cover", "how is the allowance paid": the last word is what it does, or what is done.
        if (words is [.., var before, { Kind: WordKind.Content } last] && before.Kind == WordKind.Content
            && (FollowUpWords.IsVerb(last.Text) && words.Exists(word => word.Text is "do" or "does" or "did" or "can" or "must" or "may" or "should" or "will")
                || FollowUpWords.IsParticiple(last.Text) && words.Exists(word => word.Text is "is" or "are" or "was" or "were" or "be" or "been")))
        {
            words[^1] = last with { Kind = WordKind.Verb };
        }
        return words;
    }

    public static List<Phrase> Find(string text)
    {
        var words = Split(text);
        var phrases = new List<Phrase>();
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Kind != WordKind.Content)
            {
                continue;
            }
            var first = i;
            while (i + 1 < words.Count && words[i + 1].Kind == WordKind.Content && text[words[i].End..words[i + 1].Start].Trim().Length == 0)
            {
                i++;
            }
            phrases.Add(Make(text, words, first, i));
        }
        return phrases;
    }

    private static Phrase Make(string text, List<QuestionWord> words, int first, int last)
    {
        var determiner = first > 0 && words[first - 1].Kind == WordKind.Determiner ? words[first - 1] : null;
        var before = first - (determiner is null ? 1 : 2);
        var preposition = before >= 0 && words[before].Kind == WordKind.Preposition ? words[before] : null;
        var own = words.GetRange(first, last - first + 1);
        return new()
        {
            Text = text[own[0].Start..own[^1].End],
            Start = own[0].Start,
            End = own[^1].End,
            WholeStart = determiner?.Start ?? own[0].Start,
            Words = [.. own.Select(word => word.Text)],
            Determiner = determiner?.Text,
            PrepositionStart = preposition?.Start ?? determiner?.Start ?? own[0].Start,
            Preposition = preposition?.Text,
            Kind = FollowUpWords.IsPerson(own[^1].Text) ? PhraseKind.Person
                : own.TrueForAll(word => FollowUpWords.IsTime(word.Text)) ? PhraseKind.Time
                : own.TrueForAll(word => word.IsCapital) && first > 0 ? PhraseKind.Name
                : PhraseKind.Thing,
        };
    }

    /// <summary>A word that may be a verb is one behind a subject or a question word, and a thing behind a determiner or another thing.</summary>
    private static WordKind KindOf(List<QuestionWord> before, string word)
    {
        var kind = FollowUpWords.KindOf(word);
        if (before.Count == 0)
        {
            return kind;
        }
        var last = before[^1];
        var isSubject = last.Text is "i" or "we" or "you" or "he" or "she" or "they" or "it" or "one";
        return (kind, last.Kind) switch
        {
            (WordKind.Content, WordKind.Pronoun) when isSubject && before.Exists(one => one.Kind == WordKind.Auxiliary) => WordKind.Verb,
            (WordKind.Verb, WordKind.Determiner) => WordKind.Content,
            (WordKind.Verb, WordKind.Preposition) when last.Text is not ("to" or "if" or "when") && !word.EndsWith("ing", StringComparison.Ordinal) => WordKind.Content,
            (WordKind.Verb, WordKind.Content) when !FollowUpWords.IsPerson(last.Text) => WordKind.Content,
            // "travel expenses", "parking permit": behind a verb, a subject or nothing in particular, the first of two words.
            (WordKind.Verb, WordKind.Verb or WordKind.Question or WordKind.Auxiliary) when last.Text is not ("who" or "what" or "can" or "must") && IsModifier(word) => WordKind.Content,
            (WordKind.Content, WordKind.Verb) when last.IsCapital && before.Count > 1 => kind,
            _ => kind,
        };
    }

    private static bool IsModifier(string word) => word is "travel" or "parking" or "work" or "working" or "notice" or "test" or "log" or "board" or "order" or "record" or "request";

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}'’_\-]*(?:[./][\p{L}\p{N}]+)*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Word();
}
