using AiApp.Rag.Retrieval;
using AiApp.Rag.Text;
using AiApp.Rag.Text.Facts;

namespace AiApp.Rag.Answering.Grounding;

/// <summary>A passage with what it says, read once for all claims that cite it.</summary>
internal sealed class EvidenceText
{
    private readonly Lazy<IReadOnlyList<EvidenceSentence>> _sentences;
    private readonly Lazy<TextFacts> _facts;
    private readonly Lazy<IReadOnlySet<string>> _context;

    public EvidenceText(RetrievedChunk passage)
    {
        Text = passage.Text;
        _sentences = new(() => [.. SentenceSplitter.Split(passage.Text).Select(span => new EvidenceSentence(span.Of(passage.Text)))]);
        _facts = new(() => TextFacts.Of(passage.Text));
        _context = new(() => Words.Split($"{passage.Title} {passage.HeadingPath}").Select(Words.Stem).ToHashSet(StringComparer.Ordinal));
        Dates = [.. new[] { passage.ValidFrom, passage.ValidUntil }.OfType<DateOnly>().Select(date => new DateFact(date.Year, date.Month, date.Day))];
    }

    public string Text { get; }
    public IReadOnlyList<EvidenceSentence> Sentences => _sentences.Value;
    public TextFacts Facts => _facts.Value;

    /// <summary>Stems of title and headings: the passage is about them without saying so.</summary>
    public IReadOnlySet<string> Context => _context.Value;

    /// <summary>Between which the document says it is valid.</summary>
    public IReadOnlyList<DateFact> Dates { get; }
}

/// <summary>A sentence of a passage.</summary>
internal sealed class EvidenceSentence(string text)
{
    private readonly Lazy<TextFacts> _facts = new(() => TextFacts.Of(text));
    private readonly Lazy<TokenText> _tokens = new(() => TokenText.Of(text));
    private readonly Lazy<IReadOnlySet<string>> _stems = new(() => Words.Split(text).Select(Words.Stem).ToHashSet(StringComparer.Ordinal));

    public TextFacts Facts => _facts.Value;
    public TokenText Tokens => _tokens.Value;

    /// <summary>Of all words, function words too.</summary>
    public IReadOnlySet<string> Stems => _stems.Value;
}
