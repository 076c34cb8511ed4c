using AiApp.Rag.Retrieval;
using AiApp.Rag.Text;

namespace AiApp.Rag.Answering.Grounding;

/// <summary>What a question speaks of and the nearest passages do not.</summary>
internal static class MissingWords
{
    private const int Most = 6;

    // Below it a word is one of those that any question may have.
    private const float Telling = 0.5f;

    /// <summary>As the question writes them, in its order; empty when the passages have them all and still do not answer.</summary>
    public static IReadOnlyList<string> Of(string question, IReadOnlyList<RetrievedChunk> passages)
    {
        var known = passages.SelectMany(passage => Words.Split($"{passage.Title} {passage.HeadingPath} {passage.Text}")).Select(Words.Stem).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Words.Split(question)
                .Where(word => word.Length > 1 && !Words.IsFunctionWord(word) && Words.Weight(word) >= Telling && !known.Contains(Words.Stem(word)))
                .Distinct().Take(Most),
        ];
    }
}
