using System.Text;

namespace AiApp.Rag.Gateway.Usage.Tokens;

/// <summary>How one model's tokens are counted before its provider counts them, and where it does not: by its tokenizer, else by estimate.</summary>
internal sealed class TokenCounter(BytePairTokenizer? tokenizer)
{
    // Of a hundred texts of any language measured, 99 take at most so many times what is estimated: see docs/evaluation.md.
    private const double Spare = 1.4;

    public static TokenCounter Estimating { get; } = new(null);

    /// <summary>What a reservation bears.</summary>
    public int AtMost(PromptSize prompt) => tokenizer is null ? prompt.Bytes : Math.Min(prompt.Count(tokenizer) + prompt.MostAround, prompt.Bytes);

    public int Likely(PromptSize prompt) => (tokenizer is null ? prompt.Estimate() : prompt.Count(tokenizer)) + prompt.Around;

    public int Likely(string text) => tokenizer?.Count(text) ?? EstimatedTokens.Of(text);

    /// <summary>Nothing is counted where the bytes alone say that it fits.</summary>
    public bool Fits(PromptSize prompt, long tokens) => prompt.Bytes <= tokens || ToFit(prompt) <= tokens;

    /// <summary>How many bytes this text of the prompt may have for the prompt to fit, if its tokens are spread over it evenly.</summary>
    public int FittingBytes(PromptSize prompt, string text, long tokens)
    {
        var taken = WithSpare(Likely(text));
        var room = tokens - (ToFit(prompt) - taken);
        return taken == 0 ? 0 : (int)(Encoding.UTF8.GetByteCount(text) * Math.Clamp((double)room / taken, 0, 1));
    }

    private long ToFit(PromptSize prompt) => tokenizer is null ? WithSpare(prompt.Estimate()) + prompt.MostAround : AtMost(prompt);

    private long WithSpare(int tokens) => tokenizer is null ? (long)Math.Ceiling(tokens * Spare) : tokens;
}
