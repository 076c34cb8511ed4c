using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion.Languages;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Text;

namespace AiApp.Rag.Answering.Grounding;

/// <summary>
/// Whether a sentence is written in another language than the passages: then its words cannot be held against theirs. Whoever is taken for
/// a foreigner is hardly checked, so that it takes function words of another language, or at least none of theirs.
/// </summary>
internal sealed class PassageLanguage(IReadOnlyList<RetrievedChunk> passages)
{
    private const int ShortWord = 4;
    private const int FewWords = 4;
    private const double HardlyOne = 0.35;

    private readonly Lazy<string?> _code = new(() => Detect(string.Join('\n', passages.Select(passage => passage.Text))));
    private readonly Lazy<HashSet<string>> _vocabulary = new(() => passages
        .SelectMany(passage => Words.Split($"{passage.Title} {passage.HeadingPath} {passage.Text}")).ToHashSet(StringComparer.Ordinal));

    public bool IsOtherThan(string sentence)
    {
        if (_code.Value is not { } code)
        {
            return HasOtherWords(sentence);
        }
        var (listed, isOther) = SentenceLanguage.Compare(sentence, code);
        return isOther || (listed == 0 && HasOtherWords(sentence));
    }

    /// <summary>Hardly one of its short words stands in them. In the same language nearly all do.</summary>
    private bool HasOtherWords(string sentence)
    {
        var words = Words.Split(sentence);
        var small = words.Where(word => word.Length <= ShortWord && char.IsLetter(word[0])).Distinct().ToList();
        return small.Count >= FewWords ? small.Count(_vocabulary.Value.Contains) < small.Count * HardlyOne
            // Scripts that write no spaces.
            : words.Count > 0 && words.TrueForAll(word => word.Any(c => c > '\u02FF') && !_vocabulary.Value.Contains(word)) && sentence.Length >= FewWords;
    }

    private static string? Detect(string text) => LanguageDetector.Detect(text, [new(BlockKind.Paragraph, 0, text.Length)]);
}
