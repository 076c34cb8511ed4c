using System.Text.RegularExpressions;
using AiApp.Rag.Gateway.Usage.Tokens;

namespace AiApp.Rag.Tests.Gateway.Tokens;

public sealed class SplitPatternTests
{
    // As published; .NET's engine sees the halves of surrogate pairs and knows no long s that ignores case, so it judges texts without these.
    private static readonly Dictionary<string, string> Published = new()
    {
        ["o200k_base"] = @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        ["cl100k_base"] = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        ["p50k_base"] = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+",
        ["r50k_base"] = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+",
    };

    private static readonly string[] Parts =
    [
        "'", "s", "S", "t", "re", "RE", "vE", "ll", "d", "m", " ", "  ", "\n", "\r", "\r\n", "\t", "/", "//", "1", "12", "1234", "½", "٣", "A", "b", "Ab", "É", "ß", "ʰ",
        "中", "文字", "n\u0303", "\u0301", "हि", "ก", "한", "ǅ", "!", "...", "—", "“", "\u00a0", "\u3000", "\u0085", "\u2028", "\u200b", "_", "<|endoftext|>", "\0", "Ⅷ", "\u20dd", "\ufffd",
    ];

    public static TheoryData<string> Patterns => new(Published.Keys);

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Pieces_are_those_of_the_published_expression(string pattern)
    {
        var expression = new Regex(Published[pattern], RegexOptions.CultureInvariant);
        var random = new Random(3);
        for (var run = 0; run < 20_000; run++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => Parts[random.Next(Parts.Length)]));
            Assert.Equal(expression.Matches(text).Select(match => match.Value), Split(pattern, text));
        }
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Every_text_is_the_row_of_its_pieces(string pattern)
    {
        var random = new Random(4);
        for (var run = 0; run < 2_000; run++)
        {
            // Halves of pairs among them.
            var text = new string([.. Enumerable.Range(0, 40).Select(_ => (char)random.Next(char.MaxValue + 1))]);
            Assert.Equal(text, string.Concat(Split(pattern, text)));
        }
    }

    [Fact]
    public void Letters_and_digits_outside_of_the_basic_plane_are_letters_and_digits()
    {
        Assert.Equal(["𝒜𝒷c", " 𠀀𠀁", "𝟙𝟚𝟛", "𝟜", "!"], Split("o200k_base", "𝒜𝒷c 𠀀𠀁𝟙𝟚𝟛𝟜!"));
        Assert.Equal(["👍🏽", " 👍"], Split("cl100k_base", "👍🏽 👍"));
    }

    [Fact]
    public void A_long_s_ends_a_contraction_where_case_is_ignored() => Assert.Equal(["it", "'ſ", " on"], Split("cl100k_base", "it'ſ on"));

    private static List<string> Split(string pattern, string text)
    {
        var end = SplitPattern.Find(pattern)!;
        var pieces = new List<string>();
        for (var place = 0; place < text.Length; place += pieces[^1].Length)
        {
            pieces.Add(text[place..end(text, place)]);
        }
        return pieces;
    }
}
