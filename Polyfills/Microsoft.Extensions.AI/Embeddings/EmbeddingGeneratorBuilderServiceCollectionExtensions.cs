using Microsoft.Extensions.AI;

namespace Microsoft.Extensions.DependencyInjection;

public static class EmbeddingGeneratorBuilderServiceCollectionExtensions
{
    /// <summary>Registers the pipeline that the returned builder describes, under its own type and as <see cref="IEmbeddingGenerator"/>.</summary>
    public static EmbeddingGeneratorBuilder<TInput, TEmbedding> AddEmbeddingGenerator<TInput, TEmbedding>(
        this IServiceCollection serviceCollection,
        IEmbeddingGenerator<TInput, TEmbedding> innerGenerator,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where TEmbedding : Embedding =>
        serviceCollection.AddEmbeddingGenerator(_ => innerGenerator, lifetime);

    /// <summary>Registers the pipeline that the returned builder describes, under its own type and as <see cref="IEmbeddingGenerator"/>.</summary>
    public static EmbeddingGeneratorBuilder<TInput, TEmbedding> AddEmbeddingGenerator<TInput, TEmbedding>(
        this IServiceCollection serviceCollection,
        Func<IServiceProvider, IEmbeddingGenerator<TInput, TEmbedding>> innerGeneratorFactory,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where TEmbedding : Embedding
    {
        var builder = new EmbeddingGeneratorBuilder<TInput, TEmbedding>(innerGeneratorFactory);
        serviceCollection.Add(new ServiceDescriptor(typeof(IEmbeddingGenerator<TInput, TEmbedding>), builder.Build, lifetime));
        serviceCollection.Add(new ServiceDescriptor(
            typeof(IEmbeddingGenerator), services => services.GetRequiredService<IEmbeddingGenerator<TInput, TEmbedding>>(), lifetime));
        return builder;
    }
}
