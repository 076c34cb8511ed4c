using System.Collections.Frozen;

namespace AiApp.Rag.Text;

/// <summary>Word splitting and a light, language-tolerant view of which words carry meaning.</summary>
internal static class Words
{
    // Function words of the languages people ask in most; a wrong entry costs little because weights only shrink.
    private static readonly FrozenSet<string> Function = """
        a about above after again against all also am an and any are as at be because been before being below between both but by can
        could did do does doing down during each few for from further get had has have having he her here hers him his how i if in into
        is it its itself just like may me might more most must my no nor not now of off on once only or other our out over own per please
        same shall she should so some such tell than that the their them then there these they this those through to too under until up
        us use using very was we were what when where which while who whom why will with within without would you your
        aber als am an auch auf aus bei bin bis das dass dein dem den der des die dies du durch ein eine einem einen einer es für hat
        haben ich ihr im in ist kann mein mich mit nach nicht noch nur oder sich sie sind und vom von vor war was wer wie wird wo zu zum zur
        al como con cuál cuando de del donde dónde el en es esta este la las lo los más no o para pero por qué que se si sin son su un una y
        au aux avec ce ces comment dans des du elle est et il ils je la le les leur mais ne nous ou où par pas pour quand quel quelle qui
        sont sur un une vous
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    // What people wrap a question in; none of it says which passage is meant.
    private static readonly FrozenSet<string> Everyday = """
        accidentally actually already always another anybody anyone anything around ask asked asking away back bad become best better
        big bit bring came come comes coming currently doing done early either else end enough even ever every everybody everyone
        everything exactly explain far fast find fine gave get gets getting given go goes going gone good got great guess hand happen
        happened happens hard hear hello hi hope instead it's i'm i've i'd keep keeping kept kind know last late later least let like little
        live look looking lot made make makes making many matter maybe mean means much need needed needs never next nobody normal normally
        nothing often okay ones ordinary perhaps possible possibly present probably problem put question quick quickly quite rather really
        regarding report reports right said say says see seem show since someone something soon sort still stuff sure take takes taken tell
        thank thanks thing things think told too tried try trying under usual usually wait want wanted wants way whether whole wonder wrong
        yes yet
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    // Frequent in any company's documents: they say little about which passage is meant.
    private static readonly FrozenSet<string> Common = """
        able allowed apply available based case change company contact customer customers date day days different document documents
        employee employees example first following give help include includes information list long month months name new number one order
        part people per person place provide required requires section set start team time times two type use used user users using week
        weeks work working year years
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    public static bool IsFunctionWord(string word) => Function.Contains(word);

    /// <summary>A stand-in for inverse document frequency that needs no corpus: from 0.05 for function words to 1.</summary>
    public static float Weight(string word) =>
        Function.Contains(word) ? 0.05f : Everyday.Contains(word) ? 0.2f : Common.Contains(word) ? 0.5f : 1f;

    /// <summary>Lower-case words; letters and digits, with inner dots, hyphens and underscores kept where they join ("2.4.10", "e-4012").</summary>
    public static List<string> Split(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && (char.IsLetterOrDigit(text[i]) || (start >= 0 && Joins(text, i))))
            {
                start = start < 0 ? i : start;
            }
            else if (start >= 0)
            {
                words.Add(text[start..i].ToString().ToLowerInvariant());
                start = -1;
            }
        }
        return words;
    }

    /// <summary>Cuts plural, -ed, -ing and possessive endings; never below four letters, so that codes and short words stay whole.</summary>
    public static string Stem(string word)
    {
        foreach (var ending in Endings)
        {
            if (word.Length - ending.Length >= 4 && word.EndsWith(ending, StringComparison.Ordinal))
            {
                return word[..^ending.Length];
            }
        }
        return word;
    }

    private static readonly string[] Endings = ["ations", "ation", "ances", "ance", "ings", "ing", "ies", "ied", "ers", "es", "ed", "er", "ly", "y", "s", "e"];

    private static bool Joins(ReadOnlySpan<char> text, int i) =>
        text[i] is '.' or '-' or '_' or '\'' or '’' or ',' && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1])
        && (text[i] is not (',' or '.') || (char.IsDigit(text[i - 1]) && char.IsDigit(text[i + 1])) || (text[i] is '.' && char.IsLetter(text[i + 1]) && char.IsLetter(text[i - 1])));
}
