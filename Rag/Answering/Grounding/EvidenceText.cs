using AiApp.Rag.Retrieval;
using AiApp.Rag.Text;
using AiApp.Rag.Text.Facts;

namespace AiApp.Rag.Answering.Grounding;

/// <summary>A passage with what it says, read once for all claims that cite it.</summary>
internal sealed class EvidenceText
{
    private readonly Lazy<List<TextSpan>> _spans;
    private readonly Lazy<IReadOnlyList<EvidenceSentence>> _sentences;
    private readonly Lazy<TextFacts> _facts;
    private readonly Lazy<IReadOnlySet<string>> _context;

    public EvidenceText(RetrievedChunk passage)
    {
        Text = passage.Text;
        Plain = AsciiDigits.Of(passage.Text);
        _spans = new(() => SentenceSplitter.Split(Plain));
        _sentences = new(() => [.. _spans.Value.Select(span => new EvidenceSentence(span.Of(Plain)))]);
        _facts = new(() => TextFacts.Of(passage.Text));
        _context = new(() => Words.Split($"{passage.Title} {passage.HeadingPath}").Select(Words.Stem).ToHashSet(StringComparer.Ordinal));
        Dates = [.. new[] { passage.ValidFrom, passage.ValidUntil }.OfType<DateOnly>().Select(date => new DateFact(date.Year, date.Month, date.Day))];
    }

    public string Text { get; }

    /// <summary>With digits that are those of ASCII.</summary>
    public string Plain { get; }
    public IReadOnlyList<EvidenceSentence> Sentences => _sentences.Value;
    public TextFacts Facts => _facts.Value;

    /// <summary>Stems of title and headings: the passage is about them without saying so.</summary>
    public IReadOnlySet<string> Context => _context.Value;

    /// <summary>
    /// Whether it stands there word for word, from the beginning of a sentence to the end of one: "8 days" is not said by "28 days", nor
    /// "park at the gate" by "It is prohibited to park at the gate".
    /// </summary>
    public bool Says(string claim) => Occurrences.Of(claim, Text).Any(at => BeginsSentence(at) && EndsSentence(at + claim.Length));

    private bool BeginsSentence(int at) => _spans.Value.Exists(span =>
        span.Start <= at && at < span.End && SentencePatterns.Decoration().Replace(Text[span.Start..at], "").Trim().Length == 0);

    private bool EndsSentence(int end) => _spans.Value.Exists(span => span.Start < end && end <= span.End && !Text[end..span.End].Any(char.IsLetterOrDigit));

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
