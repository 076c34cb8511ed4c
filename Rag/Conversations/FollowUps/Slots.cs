namespace AiApp.Rag.Conversations.FollowUps;

/// <summary>Puts a new subject into the place of the question before where one like it stood.</summary>
internal static class Slots
{
    public static string Put(string preposition, string subject, Before before)
    {
        var words = Phrases.Split(subject);
        var kind = KindOf(words);
        var named = Phrases.Find(subject).LastOrDefault()?.Text ?? subject;
        if (preposition.Length > 0 && before.Phrases.FirstOrDefault(phrase => phrase.Preposition is not null && phrase.Text.Equals(named, StringComparison.OrdinalIgnoreCase)) is { } same)
        {
            // The same in another relation: "in the probation period", then "after the probation period".
            return before.Question[..same.PrepositionStart] + preposition + " " + subject + before.Question[same.End..];
        }
        var slot = before.Phrases.FirstOrDefault(phrase => preposition.Length > 0 && phrase.Preposition == preposition && phrase.Kind == kind)
            ?? before.Phrases.FirstOrDefault(phrase => preposition.Length > 0 && phrase.Preposition == preposition)
            // "sick leave" for "annual leave", "the rate" for "the rate".
            ?? before.Phrases.FirstOrDefault(phrase => FollowUpWords.IsAlike(phrase.Head, words[^1].Text))
            ?? before.Phrases.LastOrDefault(phrase => phrase.Kind == kind && kind != PhraseKind.Thing)
            // A name is asked for in the place of another, or of a person.
            ?? (kind == PhraseKind.Name ? before.Phrases.LastOrDefault(phrase => phrase.Preposition is "in" or "for" or "at" && phrase.Kind != PhraseKind.Thing) : null)
            // Several of something, for several of another.
            ?? (kind == PhraseKind.Thing && words[^1].Text.EndsWith('s') ? before.Phrases.LastOrDefault(phrase => phrase is { IsPlural: true, Preposition: not null, Kind: PhraseKind.Thing }) : null);
        if (slot is not null)
        {
            var start = HasDeterminer(words) || kind is PhraseKind.Name or PhraseKind.Person ? slot.WholeStart : slot.Start;
            return before.Question[..start] + subject + before.Question[EndOf(slot, subject, before)..];
        }
        var question = before.Question.TrimEnd('?', '.', '!', ' ');
        return $"{question}, {(preposition.Length > 0 ? preposition : kind == PhraseKind.Thing ? "regarding" : "for")} {subject}?";
    }

    /// <summary>"travel inside Norway" takes the place of "travel inside Sweden", not of "travel" alone.</summary>
    private static int EndOf(Phrase slot, string subject, Before before)
    {
        var named = Phrases.Find(subject).Select(phrase => phrase.Preposition).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var end = slot.End;
        foreach (var phrase in before.Phrases.Where(phrase => phrase.Start > slot.End))
        {
            if (phrase.Preposition is not { } own || !named.Contains(own) || before.Question[end..phrase.PrepositionStart].Trim().Length > 0)
            {
                break;
            }
            end = phrase.End;
        }
        return end;
    }

    private static bool HasDeterminer(List<QuestionWord> words) => words[0].Kind == WordKind.Determiner;

    private static PhraseKind KindOf(List<QuestionWord> words) =>
        FollowUpWords.IsPerson(words[^1].Text) ? PhraseKind.Person
        : words.TrueForAll(word => FollowUpWords.IsTime(word.Text) || word.Kind is not WordKind.Content) ? PhraseKind.Time
        : words.TrueForAll(word => word.IsCapital || word.Kind is not (WordKind.Content or WordKind.Verb)) ? PhraseKind.Name
        : PhraseKind.Thing;
}
