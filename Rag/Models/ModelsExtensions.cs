using AiApp.Rag.Gateway;
using AiApp.Rag.Gateway.Routing;
using AiApp.Rag.Gateway.Usage.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Models;

public static class ModelsExtensions
{
    /// <summary>The models of the configuration, behind the gateway; needs storage.</summary>
    public static IHostApplicationBuilder AddModels(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ModelsOptions>()
            .BindConfiguration(ModelsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton<Tokenizers>();
        builder.Services.AddSingleton<IValidateOptions<ModelsOptions>>(services => services.GetRequiredService<Tokenizers>());
        builder.Services.TryAddSingleton(services => new ProviderClients(services.GetRequiredService<IOptions<ModelsOptions>>().Value));
        builder.AddGateway();
        builder.Services.AddSingleton(services => services.GetRequiredService<CandidateFactory>()
            .CreateEmbeddings(services.GetRequiredService<IOptions<ModelsOptions>>().Value.PreferredEmbedding));
        builder.Services.TryAddSingleton<EmbeddingModels>();
        return builder;
    }
}
