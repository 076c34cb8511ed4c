using AiApp.Evals.Grounding;
using AiApp.Rag.Text;
using AiApp.Testing;

namespace AiApp.Integration.Tests.Answers.Lies;

/// <summary>A line of an answer whose truth is known. <see cref="Source"/>: the number of the passage that its sentence stands in.</summary>
internal sealed record PlantedLine(bool IsLie, string Kind, string Text, int Source)
{
    public const string WrongCitation = "wrong citation";
    public const string NoSuchPassage = "no such passage";
    public const int Impossible = 99;

    /// <summary>The number that it cites.</summary>
    public required int Cites { get; init; }

    /// <summary>Right words: it may be shown with the right citation.</summary>
    public bool IsAboutItsCitation => Kind is WrongCitation or NoSuchPassage;
}

/// <summary>A document with what can be taken from it. <see cref="Said"/>: its longer sentences without their marks.</summary>
internal sealed record LiarDocument(IReadOnlyList<string> Sentences, IReadOnlyList<string> Said, IReadOnlyList<string> Names)
{
    // Headings and cells of tables stand in many documents.
    private const int Longer = 40;

    public static LiarDocument Of(string text)
    {
        List<string> sentences = [.. SentenceSplitter.Split(text).Select(span => span.Of(text))];
        return new(sentences, [.. sentences.Select(Plain).Where(sentence => sentence.Length >= Longer)], [.. Liar.Names().Matches(text).Select(match => match.Value).Distinct()]);
    }

    public static string Plain(string text) => string.Join(' ', Words.Split(text));
}

/// <summary>
/// A model that takes the sentence which answers best from the passages that it is shown, tells it faithfully in several ways and lies about
/// it in all that it can think of, each on a line of its own.
/// </summary>
internal sealed class LiarModel(LiarSet set, int seed)
{
    private const int Shortest = 25;
    private const int Longest = 400;

    private readonly Random _random = new(seed);
    private readonly IReadOnlyList<LiarDocument> _documents = [.. set.Documents.Select(document => LiarDocument.Of(document.Text))];

    /// <summary>Of the last answer.</summary>
    public IReadOnlyList<PlantedLine> Planted { get; private set; } = [];

    public string Write(ShownPrompt prompt)
    {
        // Asked to put it right, it insists.
        if (prompt.LeftOut.Count > 0)
        {
            return Told();
        }
        Planted = FindSentence(prompt) is var (sentence, passage) ? [.. Plant(prompt, sentence, passage)] : [];
        return Told();
    }

    private string Told() =>
        Planted.Count == 0 ? "INSUFFICIENT_CONTEXT" : string.Join('\n', Planted.Select(line => $"{line.Text.TrimEnd('.')} [{line.Cites}]."));

    private static (string Sentence, ShownPassage Passage)? FindSentence(ShownPrompt prompt)
    {
        var asked = Stems(prompt.Question);
        return prompt.Passages
            .SelectMany(passage => SentenceSplitter.Split(passage.Text).Select(span => (Sentence: span.Of(passage.Text), Passage: passage)))
            .Where(one => one.Sentence.Length is >= Shortest and <= Longest && one.Sentence.EndsWith('.') && !one.Sentence.AsSpan().ContainsAny('[', '|', '`'))
            .OrderByDescending(one => Stems(one.Sentence).Where(asked.Contains).Sum(Words.Weight))
            .Select(one => ((string, ShownPassage)?)one).FirstOrDefault();
    }

    private IEnumerable<PlantedLine> Plant(ShownPrompt prompt, string sentence, ShownPassage passage)
    {
        foreach (var (kind, text) in Liar.Faithful(sentence))
        {
            yield return new(false, kind, text, passage.Number) { Cites = passage.Number };
        }
        // A sentence that stands in a shown passage would be cited from there, and rightly.
        var said = prompt.Passages.Select(shown => LiarDocument.Plain(shown.Text)).ToList();
        var others = _documents.Where(document => !document.Said.Any(sentence => said.Exists(text => text.Contains(sentence, StringComparison.Ordinal)))).ToList();
        var names = others.SelectMany(document => document.Names).Where(name => !prompt.Passages.Any(shown => shown.Text.Contains(name, StringComparison.OrdinalIgnoreCase))).Distinct().ToList();
        foreach (var (kind, text) in new Liar(_random).Lies(sentence, passage.Text, names, Foreign(others)))
        {
            yield return new(true, kind, text, passage.Number) { Cites = passage.Number };
        }
        if (prompt.Passages.FirstOrDefault(other => !other.Text.Contains(sentence, StringComparison.Ordinal)) is { } wrong)
        {
            yield return new(true, PlantedLine.WrongCitation, sentence, passage.Number) { Cites = wrong.Number };
        }
        yield return new(true, PlantedLine.NoSuchPassage, sentence, passage.Number) { Cites = PlantedLine.Impossible };
    }

    private string Foreign(List<LiarDocument> others)
    {
        var sentences = others[_random.Next(others.Count)].Sentences
            .Where(sentence => sentence.Length is > Shortest and <= Longest && sentence.EndsWith('.') && !sentence.AsSpan().ContainsAny("\"[|`<")).ToList();
        return sentences.Count == 0 ? "Nobody has ever counted the penguins of the southern islands." : sentences[_random.Next(sentences.Count)];
    }

    private static HashSet<string> Stems(string text) => Words.Split(text).Where(word => !Words.IsFunctionWord(word)).Select(Words.Stem).ToHashSet(StringComparer.Ordinal);
}
