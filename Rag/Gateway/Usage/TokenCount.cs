using System.Text;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Usage;

/// <summary>Tokens where the provider does not say. Estimates are labelled as such wherever they are kept.</summary>
internal static class TokenCount
{
    // What a chat protocol adds around a message; see OpenAI's counting example, which says 3 to 4.
    private const int PerMessage = 8;

    // English prose in tokenizers of 100,000 to 200,000 entries.
    private const double BytesPerToken = 4;

    /// <summary>Never less than a byte-level tokenizer makes of it: each of its tokens stands for one byte at least.</summary>
    public static int AtMost(IEnumerable<ChatMessage> prompt, ChatOptions? options)
    {
        var bytes = Encoding.UTF8.GetByteCount(options?.Instructions ?? "") + (options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } ? schema.GetRawText().Length : 0);
        foreach (var message in prompt)
        {
            bytes += PerMessage;
            foreach (var content in message.Contents)
            {
                bytes += content is TextContent text ? Encoding.UTF8.GetByteCount(text.Text) : 0;
            }
        }
        return bytes;
    }

    public static int AtMost(IEnumerable<string> texts) => texts.Sum(text => Encoding.UTF8.GetByteCount(text) + PerMessage);

    /// <summary>An estimate with a quarter to spare: whether a prompt fits a context.</summary>
    public static long Likely(int bytes) => Estimate(bytes) * 5L / 4;

    /// <summary>How long a prompt may be to fit: the reverse of <see cref="Likely"/>.</summary>
    public static long BytesIn(long tokens) => tokens * 16 / 5;

    public static int Estimate(int bytes) => (int)Math.Ceiling(bytes / BytesPerToken);
}
