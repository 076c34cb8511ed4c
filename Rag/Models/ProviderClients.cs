using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using AiApp.Rag.Gateway.Protocol;
using Azure.Identity;
using Microsoft.Extensions.AI;
using OpenAI;

namespace AiApp.Rag.Models;

/// <summary>One client and one connection pool for each provider. They neither retry nor time out: the gateway does.</summary>
internal sealed class ProviderClients(ModelsOptions options) : IDisposable
{
    // Every credential of an Azure OpenAI resource is for this audience.
    private const string AzureScope = "https://cognitiveservices.azure.com/.default";

    // New addresses of a provider are seen within this time.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, Lazy<(OpenAIClient Client, HttpClient Http)>> _clients = new(StringComparer.Ordinal);

    public IChatClient Chat(string provider, string model) => Client(provider).GetChatClient(model).AsIChatClient();

    public IEmbeddingGenerator<string, Embedding<float>> Embeddings(string provider, string model, int dimensions) =>
        Client(provider).GetEmbeddingClient(model).AsIEmbeddingGenerator(dimensions);

    public void Dispose()
    {
        foreach (var client in _clients.Values.Where(client => client.IsValueCreated))
        {
            client.Value.Http.Dispose();
        }
    }

    private OpenAIClient Client(string provider) =>
        _clients.GetOrAdd(provider, name => new(() => Create(options.AllProviders[name]))).Value.Client;

    private static (OpenAIClient, HttpClient) Create(ProviderOptions provider)
    {
        var sockets = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(provider.ConnectSeconds),
            PooledConnectionLifetime = ConnectionLifetime,
            AllowAutoRedirect = false,
        };
        var http = new HttpClient(new BoundedAnswerHandler { InnerHandler = sockets }) { Timeout = Timeout.InfiniteTimeSpan };
        var settings = new OpenAIClientOptions
        {
            Endpoint = new Uri(provider.Endpoint),
            Transport = new HttpClientPipelineTransport(http),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        };
        return (provider.UseIdentity ? WithIdentity(settings) : new OpenAIClient(new ApiKeyCredential(provider.ApiKey), settings), http);
    }

    private static OpenAIClient WithIdentity(OpenAIClientOptions settings)
    {
#pragma warning disable OPENAI001 // The documented way to Azure OpenAI without a key; marked as still subject to change.
        return new(new BearerTokenPolicy(new DefaultAzureCredential(), AzureScope), settings);
#pragma warning restore OPENAI001
    }
}
