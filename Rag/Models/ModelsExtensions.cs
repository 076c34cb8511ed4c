using System.ClientModel;
using System.ClientModel.Primitives;
using AiApp.Rag.Models.Local;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
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
            IEmbeddingGenerator<string, Embedding<float>> generator = options.EmbeddingProvider == ModelsOptions.OpenAICompatible
                ? CreateOpenAI(options).GetEmbeddingClient(options.OpenAI.EmbeddingModel)
                    .AsIEmbeddingGenerator(options.OpenAI.EmbeddingDimensions)
                : new LocalEmbeddingGenerator();
            return generator.AsBuilder()
                .UseOpenTelemetry(services.GetService<ILoggerFactory>(), RagTelemetry.ModelsName)
                .Build(services);
        });
        return builder;
    }

    private static OpenAIClient CreateOpenAI(ModelsOptions options) =>
        new(new ApiKeyCredential(options.OpenAI.ApiKey), new OpenAIClientOptions
        {
            Endpoint = new Uri(options.OpenAI.Endpoint),
            NetworkTimeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
            // One retry: the answer's own deadline is short, and a rate limit is better told than waited out.
            RetryPolicy = new ClientRetryPolicy(maxRetries: 1),
        });
}
