using System.Text.RegularExpressions;
using AiApp.Rag.Answering;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Text;

namespace AiApp.Evals.Grounding;

/// <summary>What the gate lets through of answers whose truth is known.</summary>
internal sealed partial class GroundingRun(IReadOnlyList<Paragraph> paragraphs, int seed, EmbeddingScores? embeddings = null)
{
    private const int Passages = 5;

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, (int Let, int All)> _faithful = [];
    private readonly Dictionary<string, (int Caught, int All)> _lies = [];

    public IEnumerable<(string Kind, int Let, int All)> Faithful => _faithful.Select(pair => (pair.Key, pair.Value.Let, pair.Value.All));
    public IEnumerable<(string Kind, int Caught, int All)> Lies => _lies.Select(pair => (pair.Key, pair.Value.Caught, pair.Value.All));

    /// <summary>Of markers that reached the reader those that lead to no quote standing in its passage.</summary>
    public int Unresolvable { get; private set; }

    /// <summary>Each lie that passed, for looking at.</summary>
    public List<(string Kind, string Text, string Paragraph)> Passed { get; } = [];
    public List<(string Kind, string Text, string Paragraph)> Refused { get; } = [];

    public void Ask(AskedParagraph asked)
    {
        var paragraph = paragraphs.First(one => one.Id == asked.ParagraphId);
        if (Answering(asked, paragraph) is not { Length: >= 25 and <= 400 } sentence)
        {
            return;
        }
        var shown = Shown(paragraph);
        var right = shown.IndexOf(paragraph) + 1;
        var wrong = (right % shown.Count) + 1;
        var foreign = Foreign(paragraph, shown);
        var liar = new Liar(_random);
        foreach (var (kind, text) in Liar.Faithful(sentence))
        {
            var passes = Told(Pass(asked.Question, shown, text, right)).Contains(Plain(text), StringComparison.Ordinal);
            embeddings?.Add(kind, isLie: false, passes, asked.Question, text, ToChunk(paragraph, 1));
            var (let, all) = _faithful.GetValueOrDefault(kind);
            _faithful[kind] = (let + (passes ? 1 : 0), all + 1);
            if (!passes)
            {
                Refused.Add((kind, text, paragraph.Text));
            }
        }
        foreach (var (kind, text) in liar.Lies(sentence, paragraph.Text, Names(paragraph), Sentence(foreign)))
        {
            var passes = Told(Pass(asked.Question, shown, text, right)).Contains(Plain(text), StringComparison.Ordinal);
            embeddings?.Add(kind, isLie: true, passes, asked.Question, text, ToChunk(paragraph, 1));
            Lie(kind, text, paragraph, !passes);
        }
        // Right words with the wrong passage: caught when no citation leads there.
        Lie("wrong citation", sentence, paragraph, Pass(asked.Question, shown, sentence, wrong).Citations.All(citation => (int)citation.Chunk.ChunkId != wrong));
        Lie("no such passage", sentence, paragraph, Pass(asked.Question, shown, sentence, 99).Citations.All(citation => (int)citation.Chunk.ChunkId == right));
    }

    /// <summary>The sentence that the answer stands in; any where nobody has said which.</summary>
    private string? Answering(AskedParagraph asked, Paragraph paragraph)
    {
        var spans = SentenceSplitter.Split(paragraph.Text);
        var start = asked.Start ?? spans[_random.Next(spans.Count)].Start;
        return spans.Where(span => span.Start <= start && start < span.Start + span.Length).Select(span => span.Of(paragraph.Text)).FirstOrDefault();
    }

    private void Lie(string kind, string text, Paragraph paragraph, bool isCaught)
    {
        var (caught, all) = _lies.GetValueOrDefault(kind);
        _lies[kind] = (caught + (isCaught ? 1 : 0), all + 1);
        if (!isCaught)
        {
            Passed.Add((kind, text, paragraph.Text));
        }
    }

    /// <summary>Why a sentence is left out that cites a passage of one sentence; null when it is not.</summary>
    public static string? FindFault(string claim, string passage)
    {
        var gate = new CitationGate([ToChunk(new("p", "", passage), 1)], "");
        gate.Push($"{claim.Trim().TrimEnd('.')} [1].");
        gate.Complete();
        return gate.Removed.Count > 0 ? gate.Removed[0] : null;
    }

    private CitationGate Pass(string question, IReadOnlyList<Paragraph> shown, string sentence, int number)
    {
        var gate = new CitationGate([.. shown.Select((paragraph, i) => ToChunk(paragraph, i + 1))], question);
        gate.Push($"{sentence.TrimEnd('.')} [{number}].");
        gate.Complete();
        Unresolvable += gate.Citations.Count(citation => !citation.Chunk.Text.Contains(citation.Quote, StringComparison.Ordinal));
        return gate;
    }

    private static string Told(CitationGate gate) => Plain(Markers().Replace(gate.Text, ""));

    private static string Plain(string text) => string.Join(' ', Words.Split(text));

    [GeneratedRegex(@"\s*\[\d+\]", RegexOptions.None, 1000)]
    private static partial Regex Markers();

    /// <summary>Paragraphs of the same article stand beside it, where there are enough: those are the hard ones.</summary>
    private List<Paragraph> Shown(Paragraph paragraph)
    {
        var others = paragraphs.Where(one => one.Id != paragraph.Id).OrderBy(one => one.Article == paragraph.Article ? 0 : 1).ThenBy(_ => _random.Next()).Take(Passages - 1);
        return [.. others.Append(paragraph).OrderBy(_ => _random.Next())];
    }

    /// <summary>Of another article, and not shown: what stands in a shown passage would be cited from there, and rightly.</summary>
    private Paragraph Foreign(Paragraph paragraph, List<Paragraph> shown)
    {
        var others = paragraphs.Where(one => one.Article != paragraph.Article && !shown.Contains(one)).ToList();
        return others[_random.Next(others.Count)];
    }

    private string Sentence(Paragraph paragraph)
    {
        var all = SentenceSplitter.Split(paragraph.Text).Select(span => span.Of(paragraph.Text)).Where(text => text.Length > 25 && !text.Contains('"')).ToList();
        return all.Count == 0 ? "Nobody has ever counted the penguins of the southern islands." : all[_random.Next(all.Count)];
    }

    private List<string> Names(Paragraph paragraph) =>
        [.. paragraphs.Where(one => one.Article != paragraph.Article).SelectMany(one => Liar.Names().Matches(one.Text)).Select(match => match.Value)
            .Where(name => !paragraph.Text.Contains(name, StringComparison.OrdinalIgnoreCase)).Distinct().Take(400)];

    private static RetrievedChunk ToChunk(Paragraph paragraph, int number) => new()
    {
        ChunkId = number,
        CollectionId = 1,
        DocumentId = Guid.Empty,
        VersionId = number,
        VersionNumber = 1,
        Title = paragraph.Title,
        SourceUri = paragraph.Id,
        HeadingPath = paragraph.Title,
        Text = paragraph.Text,
        StartOffset = 0,
        Length = paragraph.Text.Length,
        Score = 1,
    };
}
