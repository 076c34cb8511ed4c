using System.Text;

namespace AiApp.Rag.Gateway.Usage.Tokens;

/// <summary>How one model's tokens are counted before its provider counts them, and where it does not: by its tokenizer, else by estimate.</summary>
internal sealed class TokenCounter(BytePairTokenizer? tokenizer)
{
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
        var bytes = Encoding.UTF8.GetByteCount(text);
        var taken = tokenizer?.Count(text) ?? EstimatedTokens.WithSpare(EstimatedTokens.Of(text), bytes);
        var room = tokens - (ToFit(prompt) - taken);
        return taken == 0 ? 0 : (int)(bytes * Math.Clamp((double)room / taken, 0, 1));
    }

    private long ToFit(PromptSize prompt) => tokenizer is null
        ? EstimatedTokens.WithSpare(prompt.Estimate(), prompt.Bytes - prompt.MostAround) + prompt.MostAround
        : AtMost(prompt);
}
