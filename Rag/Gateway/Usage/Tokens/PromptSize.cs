using System.Text;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Usage.Tokens;

/// <summary>What a prompt takes: each count is made when it is first asked for, once, however many models are asked.</summary>
internal sealed class PromptSize
{
    public const string OptionsKey = "aiapp.prompt_size";

    // What a chat protocol adds: 3 for a message, 1 for its role and 3 before the answer in OpenAI's counting example. Twice as much leaves
    // room for the templates of others.
    private const int AroundMessage = 4;
    private const int BeforeAnswer = 3;
    private const int MostAroundMessage = 8;

    private readonly object _source;
    private readonly IReadOnlyList<string> _texts;
    private int _estimate = -1;

    // Replaced whole: of two that count at a time one counts in vain, and no call without a tokenizer pays for a lock.
    private (BytePairTokenizer Tokenizer, int Count)[] _counts = [];

    private PromptSize(object source, IReadOnlyList<string> texts, int mostAround, int around)
    {
        (_source, _texts, MostAround, Around) = (source, texts, mostAround, around);
        Bytes = mostAround + texts.Sum(Encoding.UTF8.GetByteCount);
    }

    /// <summary>Tokens around the texts, at most.</summary>
    public int MostAround { get; }

    /// <summary>Tokens around the texts, as a rule.</summary>
    public int Around { get; }

    /// <summary>With what is around them, never less than a byte-level tokenizer makes of the texts: each token stands for one byte at least.</summary>
    public int Bytes { get; }

    /// <summary>Of the texts alone.</summary>
    public int Estimate() => _estimate >= 0 ? _estimate : _estimate = _texts.Sum(text => EstimatedTokens.Of(text));

    /// <summary>Of the texts alone.</summary>
    public int Count(BytePairTokenizer tokenizer)
    {
        foreach (var (counted, known) in _counts)
        {
            if (counted == tokenizer)
            {
                return known;
            }
        }
        var count = _texts.Sum(text => tokenizer.Count(text));
        _counts = [.. _counts, (tokenizer, count)];
        return count;
    }

    /// <summary>The one that the route has made, where it is of this very prompt.</summary>
    public static PromptSize Of(IEnumerable<ChatMessage> messages, ChatOptions? options) =>
        options?.AdditionalProperties?.TryGetValue(OptionsKey, out var known) is true && known is PromptSize size && ReferenceEquals(size._source, messages)
            ? size
            : Make(messages, options);

    public static PromptSize Of(IReadOnlyList<string> texts) => new(texts, texts, MostAroundMessage * texts.Count, around: 0);

    private static PromptSize Make(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var texts = new List<string>();
        if (options?.Instructions is { } instructions)
        {
            texts.Add(instructions);
        }
        if (options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema })
        {
            texts.Add(schema.GetRawText());
        }
        var count = 0;
        foreach (var tool in options?.Tools?.OfType<AIFunctionDeclaration>() ?? [])
        {
            count++;
            texts.AddRange([tool.Name, tool.Description, tool.JsonSchema.GetRawText()]);
        }
        foreach (var message in messages)
        {
            count++;
            texts.AddRange(message.Contents.Select(ToolTexts.Of).OfType<string>());
        }
        return new(messages, texts, MostAroundMessage * count, (AroundMessage * count) + BeforeAnswer);
    }
}
