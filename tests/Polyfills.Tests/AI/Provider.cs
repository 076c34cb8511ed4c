using System.ClientModel;
using System.ClientModel.Primitives;
using AiApp.Testing;
using Microsoft.Extensions.AI;
using OpenAI;

namespace AiApp.Polyfills.Tests.AI;

internal static class Provider
{
    /// <summary>The official client without its own retries: each test sees exactly one call.</summary>
    public static OpenAIClient Client(this ModelServer server) => new(
        new ApiKeyCredential("test-key"), new OpenAIClientOptions { Endpoint = server.Endpoint, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) });

    public static IChatClient Chat(this ModelServer server, string model = "scripted") =>
        server.Client().GetChatClient(model).AsIChatClient();

    public static IEmbeddingGenerator<string, Embedding<float>> Embedder(this ModelServer server, int? dimensions = null) =>
        server.Client().GetEmbeddingClient("bag-of-words").AsIEmbeddingGenerator(dimensions);

    public static async Task<List<ChatResponseUpdate>> ReadAllAsync(this IAsyncEnumerable<ChatResponseUpdate> updates)
    {
        List<ChatResponseUpdate> all = [];
        await foreach (var update in updates)
        {
            all.Add(update);
        }

        return all;
    }
}
