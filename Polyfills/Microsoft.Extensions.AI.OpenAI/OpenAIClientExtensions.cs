using OpenAI.Chat;
using OpenAI.Embeddings;

namespace Microsoft.Extensions.AI;

public static class OpenAIClientExtensions
{
    /// <summary>The chat completions API as an <see cref="IChatClient"/>.</summary>
    public static IChatClient AsIChatClient(this ChatClient chatClient) => new OpenAIChatClient(chatClient);

    /// <summary>The embeddings API as a generator. The dimensions, when given, are asked for in every request that names none.</summary>
    public static IEmbeddingGenerator<string, Embedding<float>> AsIEmbeddingGenerator(
        this EmbeddingClient embeddingClient, int? defaultModelDimensions = null) =>
        new OpenAIEmbeddingGenerator(embeddingClient, defaultModelDimensions);
}
