using System.Text.RegularExpressions;
using AiApp.Rag.Text;
using AiApp.Rag.Text.Facts;

namespace AiApp.Rag.Answering.Grounding;

/// <summary>A word, the part of one before or behind a hyphen, a number or a sign of a unit, in lower case, with its place.</summary>
internal sealed partial record Token(string Word, int Start, int End)
{
    /// <summary>Said in passing: in brackets.</summary>
    public bool IsAside { get; init; }

    public bool IsNegator { get; } = Negators.Is(Word);

    /// <summary>Whether it carries meaning of its own; a word with an opposite does, however small.</summary>
    public bool IsContent => !IsNegator && Pole is null && !Words.IsFunctionWord(Word);

    public (int Axis, int Pole)? Pole { get; } = Opposites.Find(Word);

    /// <summary>The name of its unit, or of the power of ten that it stands for.</summary>
    public string? Unit { get; } = Units.Find(Word) ?? Units.Scale(Word)?.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static IReadOnlyList<Token> Of(string text)
    {
        var tokens = new List<Token>();
        var depth = 0;
        foreach (Match match in Pattern().Matches(text))
        {
            switch (match.Value)
            {
                case "(":
                    depth++;
                    break;
                case ")":
                    depth = Math.Max(0, depth - 1);
                    break;
                default:
                    tokens.Add(new(match.Value.ToLowerInvariant().Replace('’', '\''), match.Index, match.Index + match.Length) { IsAside = depth > 0 });
                    break;
            }
        }
        return tokens;
    }

    [GeneratedRegex(@"[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*|\p{N}+(?:[.,]\p{N}+)*|[%°$€£¥()]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Pattern();
}
