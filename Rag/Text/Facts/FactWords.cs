using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace AiApp.Rag.Text.Facts;

/// <summary>The words of a text.</summary>
internal sealed partial class FactWords
{
    // Of the languages that people write only German capitalises nouns; two of its words are no accident.
    private const int SurelyGerman = 2;
    private static readonly FrozenSet<string> German =
        "und ist nicht für auf mit ein eine einen einem einer der das dem den wird werden sind oder auch nach bei durch über je pro".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    // More digits are no number that can be reckoned with.
    private const int LongestNumber = 28;

    private readonly List<(string Word, bool IsEnd)> _words = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _identifiers = new(StringComparer.Ordinal);
    private readonly List<(int, int)> _poles = [];
    private readonly List<string> _stems = [];
    private readonly List<NumberFact> _numbers = [];

    /// <summary><paramref name="rest"/> is the same text with its dates and numbers blanked out.</summary>
    public FactWords(string text, string rest)
    {
        var german = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match match in Tokens().Matches(text))
        {
            var word = match.Value.ToLowerInvariant();
            var isBlanked = rest[match.Index] == ' ';
            var carries = !Words.IsFunctionWord(word) && !Negators.Is(word);
            if (carries)
            {
                _stems.Add(Words.Stem(word));
            }
            _words.Add((word, EndsSentence(text, match.Index + match.Length)));
            if (German.Contains(word))
            {
                german.Add(word);
            }
            if (Opposites.Find(word) is { } pole)
            {
                _poles.Add(pole);
            }
            if (isBlanked)
            {
                continue;
            }
            if (NumberWords.Find(word) is { } value)
            {
                _numbers.Add(new(value, null, Units.Find(NextWord(text, match.Index + match.Length))) { IsSpelled = true });
            }
            if (IsIdentifier(match.Value))
            {
                _identifiers.Add(word);
            }
            else if (carries)
            {
                var begins = BeginsSentence(text, match.Index);
                if ((char.IsUpper(match.Value[0]) && !begins) || IsAcronym(match.Value))
                {
                    _names.Add(word);
                }
            }
        }
        _identifiers.UnionWith(Fractions().Matches(rest).Select(match => match.Value));
        CapitalisesNouns = german.Count >= SurelyGerman;
    }

    public IReadOnlySet<string> Names => _names;
    public IReadOnlySet<string> Identifiers => _identifiers;
    public IReadOnlyList<(int Axis, int Pole)> Poles => _poles;
    public IReadOnlyList<string> Stems => _stems;
    public IReadOnlyList<NumberFact> Numbers => _numbers;
    public bool CapitalisesNouns { get; }

    /// <summary>What stands behind each negation in its sentence; what stands before it where nothing does.</summary>
    public IReadOnlyList<IReadOnlySet<string>> Denied(int reach)
    {
        var denied = new List<IReadOnlySet<string>>();
        for (var i = 0; i < _words.Count; i++)
        {
            if (Negators.Is(_words[i].Word))
            {
                var scope = Scope(i, step: 1, reach);
                denied.Add(scope.Count > 0 ? scope : Scope(i, step: -1, reach));
            }
        }
        return denied;
    }

    private HashSet<string> Scope(int from, int step, int reach)
    {
        var scope = new HashSet<string>(StringComparer.Ordinal);
        for (var i = from; scope.Count < reach; i += step)
        {
            if (i != from)
            {
                if (step < 0 && _words[i].IsEnd)
                {
                    break;
                }
                if (!Words.IsFunctionWord(_words[i].Word) && !Negators.Is(_words[i].Word))
                {
                    scope.Add(Words.Stem(_words[i].Word));
                }
            }
            if ((step > 0 && _words[i].IsEnd) || i + step < 0 || i + step >= _words.Count)
            {
                break;
            }
        }
        return scope;
    }

    private static bool IsIdentifier(string word) => word.Any(char.IsDigit) && (word.Any(char.IsLetter) || word.AsSpan().ContainsAny('.', ':', '-') || word.Length > LongestNumber);

    private static bool IsAcronym(string word) => word.Length is >= 2 and <= 8 && word.All(c => char.IsUpper(c) || c is '-' or '.') && char.IsUpper(word[0]);

    private static bool BeginsSentence(string text, int at)
    {
        while (at > 0 && (char.IsWhiteSpace(text[at - 1]) || text[at - 1] is '"' or '“' or '„' or '«' or '(' or '*' or '_' or '#'))
        {
            if (text[at - 1] == '\n')
            {
                return true;
            }
            at--;
        }
        return at == 0 || text[at - 1] is '.' or '!' or '?' or ':' or ';' or '•' or '|' or '–' or ']';
    }

    private static bool EndsSentence(string text, int end) => end >= text.Length || text[end] is '!' or '?' or ';' or '\n' || (text[end] == '.' && (end + 1 >= text.Length || char.IsWhiteSpace(text[end + 1])));

    private static string NextWord(string text, int from) => Tokens().Match(text, from) is { Success: true } next && next.Index <= from + 1 ? next.Value.ToLowerInvariant() : "";

    // "2/3", "24/7"; "01/03" is a day of a month.
    [GeneratedRegex(@"(?<![\p{L}\p{N}/.,])[1-9][0-9]{0,2}/[1-9][0-9]{0,2}(?![\p{L}\p{N}/])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Fractions();

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+(?:['’\-_.:][\p{L}\p{M}\p{N}]+)*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Tokens();
}
