using AiApp.Rag.Gateway.Resilience;
using AiApp.Rag.Gateway.Routing;
using AiApp.Rag.Gateway.Usage.Tokens;
using AiApp.Rag.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Retrieval.Reranking;

internal static class RerankingExtensions
{
    /// <summary>The configured reranker, or none. One needs the gateway, which AddModels has.</summary>
    public static IHostApplicationBuilder AddReranking(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<RerankerOptions>()
            .BindConfiguration(RerankerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton<RerankClient>();
        builder.Services.TryAddSingleton<IReranker>(provider => provider.GetRequiredService<IOptions<RerankerOptions>>().Value is { IsOn: true } options
            ? Create(provider, options)
            : new NoReranker());
        return builder;
    }

    private static EndpointReranker Create(IServiceProvider provider, RerankerOptions options)
    {
        var factory = provider.GetRequiredService<CandidateFactory>();
        var breaker = provider.GetRequiredService<ModelHealth>().Watch(ModelHealth.Rerank, options.Provider, options.ModelName, factory.NewBreaker());
        return ActivatorUtilities.CreateInstance<EndpointReranker>(
            provider, breaker, factory.NewMeter(options.Provider, options.ModelName, PriceOptions.ToTable(options.Prices), TokenCounter.Estimating));
    }
}
