using System.Collections.Frozen;

namespace AiApp.Rag.Caching.Questions;

/// <summary>
/// Words that may come, go and change without changing what is asked. A closed list: a word that is not here, of any language, counts.
/// </summary>
internal static class FreeWords
{
    private static readonly FrozenSet<string> Free = Set("""
        a an the is are am be been being do does have has having i me my mine we us our ours you your yours it its there here
        so just also can could would will may might that which please what who whom whose when where why how
        actually currently exactly really simply basically kindly possible possibly somehow 'm 're 've 'd 'll 's
        """);

    // In no other language of those that people ask in most, alone; or, of the second list, two together; or one behind the other.
    private static readonly FrozenSet<string> English = Set("""
        the what what's how who who's which when where why does doesn't did can can't could would should must not cannot my your and with i'm there have from of about any this that
        """);
    private static readonly FrozenSet<string> PerhapsEnglish = Set("a is are it for be if at");
    private static readonly FrozenSet<string> EnglishPairs = new[] { "do i", "am i", "i am", "i want", "i need", "i get", "i have", "is it", "is there" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Persons = Set("i you he she it we they");
    private static readonly FrozenSet<string> Be = Set("be been being is are am was were get gets got");

    /// <summary>What stands behind one belongs to it, wherever in the question both stand: "from the card" is not "to the card".</summary>
    private static readonly FrozenSet<string> Prepositions = Set("""
        of for in at as from to into onto by before after than between against without with via over under above below through toward towards per until till since out up
        down off about during within beyond behind beside near across along among except besides despite instead like unlike versus vs
        """);

    /// <summary>Behind one of these, "to" belongs to a verb: "how to apply".</summary>
    private static readonly FrozenSet<string> BeforeVerbs = Set("""
        how what want wants need needs have has had able like try trying allowed possible do going steps way ways where when supposed required used order
        """);

    private static readonly FrozenSet<string> Determiners = Set("a an the my your our his her their any some no this that");
    private static readonly FrozenSet<string> BeforeOwnVerbs = Set("to not i you we they can could will would must may should");

    private static readonly FrozenSet<string> Duties = Set("must should shall ought need needs required obliged mandatory");

    /// <summary>Whether the words are those of an English question: "a" and "me" are free there, and carry who does what to whom elsewhere.</summary>
    public static bool AreEnglish(IReadOnlyList<string> words) => words.Any(word => English.Contains(word) || word.EndsWith("n't", StringComparison.Ordinal)) || words.Where(PerhapsEnglish.Contains).Distinct().Count() > 1
        || words.Zip(words.Skip(1), (one, other) => $"{one} {other}").Any(EnglishPairs.Contains);

    public static bool MakePassive(string word) => Be.Contains(word);

    /// <summary>"The shop is closing", "are you closing", "I'm closing"; neither "the closing" nor "is training required".</summary>
    public static bool ArePresent(IReadOnlyList<string> words, int at) =>
        (at > 1 && (Be.Contains(words[at - 1]) || (Be.Contains(words[at - 2]) && Persons.Contains(words[at - 1]))))
        || (at > 0 && (words[at - 1].EndsWith("'m", StringComparison.Ordinal) || words[at - 1].EndsWith("'re", StringComparison.Ordinal)));

    public static bool Contains(string word) => Free.Contains(word);

    public static bool ArePrepositions(string word) => Prepositions.Contains(word);

    /// <summary>"I have a card", "not do the transfer": a verb of its own.</summary>
    public static bool AreVerbs(string word, string before, string behind) =>
        word is "have" or "has" or "had" or "do" or "does" or "did" && Determiners.Contains(behind) && BeforeOwnVerbs.Contains(before);

    public static bool PrecedeVerbs(string word) => BeforeVerbs.Contains(word);

    /// <summary>"I need to", not "the need".</summary>
    public static bool AreDuties(string word, string before) => Duties.Contains(word) && !Determiners.Contains(before);

    private static FrozenSet<string> Set(string words) =>
        words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
