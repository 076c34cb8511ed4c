using System.Collections.Frozen;
using AiApp.Rag.Text;

namespace AiApp.Rag.Conversations.FollowUps;

internal enum WordKind { Content, Verb, Determiner, Preposition, Pronoun, Question, Auxiliary, Other }

/// <summary>The English words that the rules for follow-ups tell apart. What is not listed carries meaning.</summary>
internal static class FollowUpWords
{
    private static readonly FrozenSet<string> Determiners = Set("the a an my our your his her their its this that these those any each every no some all both another");
    private static readonly FrozenSet<string> Prepositions = Set(
        "for in on at of to from with by during after before about within inside outside near around through under over between per as until since without against via than if when while because");
    private static readonly FrozenSet<string> Pronouns = Set("i we you he she it they me us him them one ones mine ours yours theirs there here who's");
    private static readonly FrozenSet<string> Questions = Set("what which who whom whose when where why how");
    private static readonly FrozenSet<string> Auxiliaries = Set(
        "do does did is are was were am be been being can could may might must shall should will would have has had cannot can't don't doesn't didn't isn't aren't won't");
    private static readonly FrozenSet<string> Others = Set("""
        many much high long often far big old soon early late few little more most less least and or but so then also too else only just even still yet already
        not back please tell give show explain say same other different possible allowed required necessary mandatory ok okay up out off down again exactly
        """);

    private static readonly FrozenSet<string> Verbs = Set("""
        accept access activate add allow answer appeal apply approve arrange ask attend become begin belong block book borrow bring buy call cancel carry change charge check
        choose claim close collect come communicate complain complete configure connect contact cost count cover create decide decline delete deliver depend
        disclose discount do drive earn eat employ enable encrypt end enter expire extend file fill find finish follow forget forward get give go grant happen
        have hold ingest inform inspect install insure issue join keep know last lead learn lend let live log lose maintain make manage mean measure meet move need notify
        notice obtain offer open order own park pay perform plan prepare prevent provide publish qualify quit raise read receive recommend record reduce
        refuse register reimburse reject release remain remove renew rent repair replace report represent request reserve reset respond restart restore
        return review run save schedule sell send serve set sign start stay stop store submit suggest supply take talk teach tell terminate test think
        paid given taken sent made bought sold held kept known written chosen done found lost met said told shown begun brought built taught worn
        transfer travel treat try turn update upgrade upload use validate verify visit wait want wear work write
        """);

    private static readonly FrozenSet<string> Persons = Set("""
        employee staff worker contractor intern trainee apprentice manager student freelancer consultant customer client guest visitor supplier partner
        director board member team colleague part-timer full-timer temp volunteer lead engineer nurse doctor driver parent father mother tenant user admin
        administrator applicant candidate person people everyone somebody anyone newcomer starter hire retiree pensioner adult child children
        """);

    private static readonly FrozenSet<string> Times = Set("""
        day week month year hour minute second quarter today tomorrow yesterday january february march april may june july august september october
        november december monday tuesday wednesday thursday friday saturday sunday weekend christmas easter summer winter spring autumn night morning
        """);

    public static bool IsPerson(string word) => Has(Persons, word);

    public static bool IsTime(string word) => Has(Times, word) || word.Length == 4 && word.All(char.IsDigit);

    /// <summary>As in "is paid", "are insured".</summary>
    public static bool IsParticiple(string word) => word.EndsWith("ed", StringComparison.Ordinal) || word is "paid" or "sent" or "sold" or "held" or "kept" or "made" or "met" or "lost" or "found" or "built"
        || IsVerb(word) && word.EndsWith('n');

    public static bool IsVerb(string word) => Has(Verbs, word) || Forms(word).Any(Verbs.Contains);

    public static WordKind KindOf(string word) =>
        Questions.Contains(word) ? WordKind.Question
        : Auxiliaries.Contains(word) ? WordKind.Auxiliary
        : Pronouns.Contains(word) ? WordKind.Pronoun
        : Determiners.Contains(word) ? WordKind.Determiner
        : Prepositions.Contains(word) ? WordKind.Preposition
        : Others.Contains(word) ? WordKind.Other
        : IsVerb(word) ? WordKind.Verb
        : WordKind.Content;

    public static bool IsAlike(string first, string second) => Words.Stem(first) == Words.Stem(second) || Forms(first).Contains(second) || Forms(second).Contains(first);

    private static bool Has(FrozenSet<string> words, string word) => words.Contains(word) || Forms(word).Any(words.Contains);

    /// <summary>What it may be a form of.</summary>
    private static IEnumerable<string> Forms(string word)
    {
        foreach (var (ending, instead) in Endings)
        {
            if (word.Length > ending.Length + 2 && word.EndsWith(ending, StringComparison.Ordinal))
            {
                yield return word[..^ending.Length] + instead;
            }
        }
    }

    private static readonly (string Ending, string Instead)[] Endings =
        [("s", ""), ("es", ""), ("ies", "y"), ("ied", "y"), ("d", ""), ("ed", ""), ("ing", ""), ("ing", "e"), ("'s", ""), ("’s", "")];

    private static FrozenSet<string> Set(string words) =>
        words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
