using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Retrieval.Reranking;

internal static class RerankingExtensions
{
    /// <summary>The configured reranker, or none.</summary>
    public static IHostApplicationBuilder AddReranking(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<RerankerOptions>()
            .BindConfiguration(RerankerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton<IReranker>(provider =>
            string.IsNullOrEmpty(provider.GetRequiredService<IOptions<RerankerOptions>>().Value.Endpoint)
                ? new NoReranker()
                : ActivatorUtilities.CreateInstance<EndpointReranker>(provider));
        return builder;
    }
}
