using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Protocol;

/// <summary>Whether what a provider sent is one whole answer.</summary>
internal sealed class AnswerCheck(ChatOptions? options)
{
    // A token of ordinary text has about four characters; a run of spaces or an emoji sequence can have many more.
    private const int CharactersPerToken = 32;
    private const int LeastBound = 100_000;

    // Of fewer tokens nothing can be said: a provider may send one in halves, and some count none.
    private const int LeastTokens = 4;

    private readonly long _most = options?.MaxOutputTokens is { } tokens ? Math.Max(LeastBound, (long)tokens * CharactersPerToken) : long.MaxValue;
    private long _characters;
    private long _pieces;
    private bool _hasOther;
    private UsageDetails? _usage;

    public bool HasBegun => _pieces > 0 || _hasOther;

    /// <summary>A chunk in the middle of an answer that has nothing of the protocol took the place of one that had.</summary>
    public void Add(ChatResponseUpdate update)
    {
        if (HasBegun && update is { ResponseId: null or "", FinishReason: null, Contents: [] })
        {
            throw Bad("The model provider sent something that is not its protocol.");
        }
        Add(update.Contents);
    }

    public void Add(IEnumerable<AIContent> contents)
    {
        foreach (var content in contents)
        {
            switch (content)
            {
                case UsageContent usage:
                    _usage = usage.Details;
                    break;
                case TextContent text:
                    _characters += text.Text.Length;
                    _pieces += text.Text.Length > 0 ? 1 : 0;
                    break;
                default:
                    _hasOther = true;
                    break;
            }
        }
        if (_characters > _most)
        {
            throw Bad("The model's answer is far longer than it was asked to be.");
        }
    }

    /// <summary>A cut stream can end like a complete one; the finish reason is what tells them apart.</summary>
    public void End(ChatFinishReason? finished)
    {
        if (finished is null)
        {
            throw HasBegun
                ? new ModelProviderException(ModelFailureCodes.Interrupted, "The model's answer ended before it was complete.")
                : Bad("The model provider sent no answer.");
        }
        if (_characters == 0 && !_hasOther)
        {
            throw Bad("The model's answer is empty.");
        }
        // A piece holds one token at least.
        if (_usage?.OutputTokenCount is >= LeastTokens and var tokens && _pieces >= 2 * tokens)
        {
            throw Bad("The model provider sent parts of its answer more than once.");
        }
    }

    private static ModelProviderException Bad(string reason) => new(ModelFailureCodes.BadOutput, reason);
}
