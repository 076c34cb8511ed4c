using AiApp.Rag.Ingestion.Chunking;
using AiApp.Rag.Ingestion.Embedding;
using AiApp.Rag.Ingestion.Filling;
using AiApp.Rag.Ingestion.Indexing;
using AiApp.Rag.Ingestion.Parsing;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Jobs;
using AiApp.Rag.Models;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AiApp.Rag.Ingestion;

public static class IngestionExtensions
{
    /// <summary>The pipeline; needs storage, documents, jobs and models.</summary>
    public static IHostApplicationBuilder AddIngestion(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ChunkingOptions>().BindConfiguration(ChunkingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => new DocumentReaders(DocumentReaders.All));
        services.TryAddSingleton<IDocumentParser, InProcessParser>();
        services.TryAddSingleton<HeadingChunker>();
        services.TryAddSingleton<EmbeddingModels>();
        services.TryAddSingleton<KnownVectors>();
        services.TryAddSingleton<ProviderPace>();
        services.TryAddSingleton<SpaceEmbedder>();
        services.TryAddSingleton<EmbeddingSpaces>();
        services.TryAddSingleton<IngestionStore>();
        services.TryAddSingleton<PublishStore>();
        services.TryAddSingleton<IngestionPipeline>();
        services.TryAddSingleton<LexemeStatistics>();
        services.TryAddSingleton<AverageLengths>();
        services.TryAddSingleton<Housekeeping>();
        services.AddOptions<IndexingOptions>().BindConfiguration(IndexingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(provider => new DistanceIndexes(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<OwnerDatabase>(), provider.GetRequiredService<EmbeddingSpaces>(),
            provider.GetRequiredService<IOptions<IndexingOptions>>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<DistanceIndexes>>()));
        services.AddOptions<FillOptions>().BindConfiguration(FillOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<FillStore>();
        services.TryAddSingleton(provider => new SpaceFiller(
            provider.GetRequiredService<FillStore>(), provider.GetRequiredService<EmbeddingModels>(), provider.GetRequiredService<IOptions<FillOptions>>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SpaceFiller>>()));
        services.AddOptions<IngestionOptions>().BindConfiguration(IngestionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(provider => new IngestionRunner(
            provider.GetRequiredService<IngestionPipeline>(), provider.GetRequiredService<IngestionStore>(), provider.GetRequiredService<JobQueue>(),
            provider.GetRequiredService<IOptions<IngestionOptions>>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<IngestionRunner>>()));
        return builder;
    }
}
