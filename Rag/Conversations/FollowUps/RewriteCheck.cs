using AiApp.Rag.Answering;
using AiApp.Rag.Storage;
using AiApp.Rag.Text;

namespace AiApp.Rag.Conversations.FollowUps;

/// <summary>What a model says a question means is believed only when it can be.</summary>
internal static class RewriteCheck
{
    private const int Longest = 1000;

    // Of the words that carry meaning; the others are those that a sentence needs.
    private const double LeastKnown = 0.6;

    /// <summary>The question; null when it is empty, too long, more than a line, invents what nobody said, or loses what was asked.</summary>
    public static string? Read(string output, string asked, IReadOnlyList<string> said)
    {
        var question = output.Trim().Trim('"', '“', '”', '„', '«', '»').Trim();
        if (question.Length is 0 or > Longest || question.Any(char.IsControl) || PostgresText.Clean(question) != question
            || question.Contains(AnswerPipeline.InsufficientContext, StringComparison.Ordinal))
        {
            return null;
        }
        var known = said.Append(asked).SelectMany(text => Words.Split(text)).Select(Words.Stem).ToHashSet(StringComparer.Ordinal);
        var words = Words.Split(question).Where(word => !Words.IsFunctionWord(word)).Select(Words.Stem).Distinct().ToList();
        var numbers = Words.Split(asked).Where(word => word.Any(char.IsDigit)).ToList();
        var kept = Words.Split(question).ToHashSet(StringComparer.Ordinal);
        return words.Count > 0 && words.Count(known.Contains) >= words.Count * LeastKnown
            && words.Where(word => word.Any(char.IsDigit)).All(known.Contains) && numbers.TrueForAll(kept.Contains) && AskedWords.AreIn(question, asked)
                ? question
                : null;
    }
}
