using AiApp.Rag.Documents;
using AiApp.Rag.Models;
using AiApp.Rag.Retrieval.Configuration;
using AiApp.Rag.Retrieval.Evidence;
using AiApp.Rag.Retrieval.Explain;
using AiApp.Rag.Retrieval.Lexical;
using AiApp.Rag.Retrieval.Remembering;
using AiApp.Rag.Retrieval.Reranking;
using AiApp.Rag.Retrieval.Vector;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Retrieval;

public static class RetrievalExtensions
{
    public static IHostApplicationBuilder AddRetrieval(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<RetrievalOptions>()
            .BindConfiguration(RetrievalOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<VectorOptions>()
            .BindConfiguration(VectorOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RetrievalOptions>, ConfigurationCheck>());
        builder.Services.TryAddSingleton<RetrievalConfigurations>();
        builder.Services.AddOptions<EvidenceOptions>()
            .BindConfiguration(EvidenceOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton<RetrievalSettings>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<EmbeddingModels>();
        builder.Services.TryAddSingleton<EmbeddingSpaces>();
        builder.Services.TryAddSingleton<SpaceAdministration>();
        builder.Services.TryAddSingleton<VectorStore>();
        builder.Services.TryAddSingleton<VectorLeg>();
        builder.Services.TryAddSingleton<LexicalStore>();
        builder.Services.TryAddSingleton<LexicalLeg>();
        builder.Services.TryAddSingleton<RetrievalStore>();
        builder.AddReranking();
        builder.Services.TryAddSingleton<HybridRetriever>();
        builder.Services.AddOptions<RememberingOptions>()
            .BindConfiguration(RememberingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton<RememberedStore>();
        builder.Services.TryAddSingleton<IRetriever, RememberingRetriever>();
        builder.Services.TryAddSingleton<ExplainStore>();
        builder.Services.TryAddSingleton(provider => new SearchExplainer(
            provider.GetRequiredService<HybridRetriever>(), provider.GetRequiredService<ExplainStore>(), provider.GetRequiredService<DocumentStore>()));
        return builder;
    }
}
