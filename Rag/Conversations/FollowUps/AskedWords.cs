using AiApp.Rag.Text;
using AiApp.Rag.Text.Facts;

namespace AiApp.Rag.Conversations.FollowUps;

/// <summary>Of a question that was rewritten: whether it still asks what was asked, its names, its denials and nearly all of its other words.</summary>
internal static class AskedWords
{
    // One of four may be said otherwise ("it is refused" for "they refuse it"); of three or fewer none, because it is what is asked about.
    private const int MayBeLost = 4;
    private const int LeastAlike = 4;

    // They point at what was said, and something else stands in their place.
    private static readonly HashSet<string> Pointers = [.. "former latter second third fourth previous above latest mentioned option options point detail details".Split(' ')];

    private static readonly string[] Endings = ["s", "'s", "’s", "es", "e", "n", "en", "em", "er"];

    public static bool AreIn(string rewritten, string asked)
    {
        var words = Phrases.Split(asked);
        var kept = Phrases.Split(rewritten).ConvertAll(word => word.Text);
        var meant = words.Where((word, at) => word.Kind is WordKind.Content or WordKind.Verb && !IsDenial(words, at)
            && Words.Weight(word.Text) >= 1 && !Pointers.Contains(word.Text)).ToList();
        // The first word has a capital letter in any case.
        var (names, others) = (meant.Where(word => word.IsCapital && word != words[0]).ToList(), meant.Where(word => !word.IsCapital || word == words[0]).ToList());
        return names.TrueForAll(name => kept.Exists(word => IsSameName(name.Text, word)))
            && others.Count(other => !kept.Exists(word => IsSameName(other.Text, word) || IsAlike(other.Text, word))) <= others.Count / MayBeLost
            && kept.Count(Negators.Is) >= words.Where((_, at) => IsDenial(words, at)).Count();
    }

    /// <summary>"No, in Berlin" answers and denies nothing of what is asked.</summary>
    private static bool IsDenial(List<QuestionWord> words, int at) => Negators.Is(words[at].Text) && !(at == 0 && words[at].Text == "no" && words.Count > 1);

    private static bool IsSameName(string one, string other) => one == other || IsForm(one, other) || IsForm(other, one);

    private static bool IsForm(string longer, string shorter) =>
        longer.StartsWith(shorter, StringComparison.Ordinal) && Endings.Contains(longer[shorter.Length..], StringComparer.Ordinal);

    private static bool IsAlike(string one, string other)
    {
        var least = Math.Max(LeastAlike, Math.Min(one.Length, other.Length) - 2);
        return one.Length >= least && other.Length >= least && one.AsSpan(0, least).SequenceEqual(other.AsSpan(0, least));
    }
}
