using System.ClientModel;
using System.ClientModel.Primitives;
using AiApp.Rag.Models.Local;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAI;

namespace AiApp.Rag.Models;

public static class ModelsExtensions
{
    /// <summary>The chat client and the embedding generator of the configured provider, with gen_ai telemetry.</summary>
    public static IHostApplicationBuilder AddModels(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ModelsOptions>()
            .BindConfiguration(ModelsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services =>
        {
            var options = services.GetRequiredService<IOptions<ModelsOptions>>().Value;
            IChatClient client = options.Provider == ModelsOptions.OpenAICompatible
                ? CreateOpenAI(options).GetChatClient(options.OpenAI.ChatModel).AsIChatClient()
                : new LocalChatClient();
            return client.AsBuilder()
                .UseOpenTelemetry(services.GetService<ILoggerFactory>(), RagTelemetry.ModelsName)
                .Build(services);
        });
        builder.Services.AddSingleton(services =>
        {
            var options = services.GetRequiredService<IOptions<ModelsOptions>>().Value;
            var generator = CreateEmbeddingGenerator(options, options.PreferredEmbedding);
            return generator.AsBuilder()
                .UseOpenTelemetry(services.GetService<ILoggerFactory>(), RagTelemetry.ModelsName)
                .Build(services);
        });
        builder.Services.TryAddSingleton<EmbeddingModels>();
        return builder;
    }

    internal static IEmbeddingGenerator<string, Embedding<float>> CreateEmbeddingGenerator(ModelsOptions options, EmbeddingOptions model) =>
        model.Provider == ModelsOptions.OpenAICompatible
            ? CreateOpenAI(options, model.Endpoint, model.ApiKey).GetEmbeddingClient(model.Model).AsIEmbeddingGenerator(model.Dimensions)
            : new LocalEmbeddingGenerator(model.Model);

    private static OpenAIClient CreateOpenAI(ModelsOptions options, string? endpoint = null, string? apiKey = null) =>
        new(new ApiKeyCredential(apiKey ?? options.OpenAI.ApiKey), new OpenAIClientOptions
        {
            Endpoint = new Uri(endpoint ?? options.OpenAI.Endpoint),
            NetworkTimeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
            // One retry: the answer's own deadline is short, and a rate limit is better told than waited out.
            RetryPolicy = new ClientRetryPolicy(maxRetries: 1),
        });
}
