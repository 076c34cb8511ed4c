using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.AI;

public static class OpenTelemetryEmbeddingGeneratorBuilderExtensions
{
    /// <summary>Adds spans and metrics of the GenAI conventions. The default source and meter is <c>Experimental.Microsoft.Extensions.AI</c>.</summary>
    public static EmbeddingGeneratorBuilder<TInput, TEmbedding> UseOpenTelemetry<TInput, TEmbedding>(
        this EmbeddingGeneratorBuilder<TInput, TEmbedding> builder,
        ILoggerFactory? loggerFactory = null,
        string? sourceName = null,
        Action<OpenTelemetryEmbeddingGenerator<TInput, TEmbedding>>? configure = null)
        where TEmbedding : Embedding =>
        builder.Use((inner, services) =>
        {
            var factory = loggerFactory ?? services.GetService<ILoggerFactory>();
            var generator = new OpenTelemetryEmbeddingGenerator<TInput, TEmbedding>(
                inner, factory?.CreateLogger(typeof(OpenTelemetryEmbeddingGenerator<TInput, TEmbedding>)), sourceName);
            configure?.Invoke(generator);
            return generator;
        });
}
