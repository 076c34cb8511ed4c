using AiApp.Rag.Text;
using AiApp.Rag.Text.Facts;

namespace AiApp.Rag.Answering.Grounding;

/// <summary>A text with its tokens, or a part of one.</summary>
internal sealed class TokenText(string text, IReadOnlyList<Token> tokens)
{
    private readonly Lazy<IReadOnlyList<NumberFact>> _numbers = new(() => tokens.Count == 0 ? [] : TextFacts.Of(text[tokens[0].Start..tokens[^1].End]).Numbers);

    public static TokenText Empty { get; } = new("", []);

    public static TokenText Of(string written)
    {
        var text = AsciiDigits.Of(written);
        return new(text, Token.Of(text));
    }

    public IReadOnlyList<Token> Tokens => tokens;
    public IReadOnlyList<NumberFact> Numbers => _numbers.Value;

    /// <summary>What stands between two of its tokens.</summary>
    public TokenText Between(int before, int behind) => behind - before > 1 ? new(text, [.. tokens.Skip(before + 1).Take(behind - before - 1)]) : Empty;
}
