using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.AI;

/// <summary>Emits a span and the client metrics of the OpenTelemetry GenAI conventions for every batch.</summary>
public sealed class OpenTelemetryEmbeddingGenerator<TInput, TEmbedding> : DelegatingEmbeddingGenerator<TInput, TEmbedding>
    where TEmbedding : Embedding
{
    private readonly ILogger? logger;
    private readonly EmbeddingGeneratorMetadata? metadata;
    private readonly GenAIInstruments instruments;

    public OpenTelemetryEmbeddingGenerator(
        IEmbeddingGenerator<TInput, TEmbedding> innerGenerator, ILogger? logger = null, string? sourceName = null)
        : base(innerGenerator)
    {
        this.logger = logger;
        metadata = innerGenerator.GetService<EmbeddingGeneratorMetadata>();
        instruments = new GenAIInstruments(GenAI.Embeddings, sourceName, metadata?.ProviderName, metadata?.ProviderUri);
    }

    /// <summary>Whether spans carry additional properties. Off unless OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT is true.</summary>
    public bool EnableSensitiveData { get; set; } = GenAI.CaptureContentByDefault;

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ActivitySource) ? instruments.Source : base.GetService(serviceType, serviceKey);

    public override async Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        using var activity = Start(options);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var embeddings = await base.GenerateAsync(values, options, cancellationToken);
            Finish(activity, options, started, embeddings, error: null);
            return embeddings;
        }
        catch (Exception error)
        {
            Finish(activity, options, started, embeddings: null, error);
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            instruments.Dispose();
        }

        base.Dispose(disposing);
    }

    private Activity? Start(EmbeddingGenerationOptions? options)
    {
        if (!instruments.Source.HasListeners())
        {
            return null;
        }

        var model = options?.ModelId ?? metadata?.DefaultModelId;
        var activity = instruments.Source.StartActivity(
            instruments.SpanName(model), ActivityKind.Client, default(ActivityContext), instruments.Tags(model));
        if (activity is not null)
        {
            activity.AddIfSet(GenAI.DimensionCount, options?.Dimensions ?? metadata?.DefaultModelDimensions);
            if (EnableSensitiveData)
            {
                activity.AddProperties(options?.AdditionalProperties);
            }
        }

        return activity;
    }

    private void Finish(
        Activity? activity, EmbeddingGenerationOptions? options, long started, GeneratedEmbeddings<TEmbedding>? embeddings, Exception? error)
    {
        var requestModel = options?.ModelId ?? metadata?.DefaultModelId;
        var responseModel = embeddings?.FirstOrDefault()?.ModelId; // one batch, one model
        instruments.RecordDuration(Stopwatch.GetElapsedTime(started), requestModel, responseModel, error);
        instruments.RecordTokens("input", embeddings?.Usage?.InputTokenCount, requestModel, responseModel);
        if (activity is null)
        {
            return;
        }

        if (error is not null)
        {
            activity.Fail(error);
            if (logger is not null)
            {
                GenAILog.OperationException(logger, error);
            }
        }

        activity.AddIfSet(GenAI.Usage.InputTokens, (int?)embeddings?.Usage?.InputTokenCount);
        activity.AddIfSet(GenAI.Response.Model, responseModel);
        if (EnableSensitiveData)
        {
            activity.AddProperties(embeddings?.AdditionalProperties);
        }
    }
}
