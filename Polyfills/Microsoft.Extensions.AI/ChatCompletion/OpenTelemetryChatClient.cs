using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.AI;

/// <summary>Emits a span and the client metrics of the OpenTelemetry GenAI conventions (v1.41) for every call.</summary>
public sealed class OpenTelemetryChatClient : DelegatingChatClient
{
    private readonly ILogger? logger;
    private readonly string? defaultModelId;
    private readonly GenAIInstruments instruments;
    private readonly Histogram<double> timeToFirstChunk;
    private readonly Histogram<double> timePerOutputChunk;

    public OpenTelemetryChatClient(IChatClient innerClient, ILogger? logger = null, string? sourceName = null)
        : base(innerClient)
    {
        this.logger = logger;
        var metadata = innerClient.GetService<ChatClientMetadata>();
        defaultModelId = metadata?.DefaultModelId;
        instruments = new GenAIInstruments(GenAI.Chat, sourceName, metadata?.ProviderName, metadata?.ProviderUri);
        timeToFirstChunk = instruments.SecondsHistogram(
            "gen_ai.client.operation.time_to_first_chunk", "Measures the time to receive the first chunk in a streaming operation");
        timePerOutputChunk = instruments.SecondsHistogram(
            "gen_ai.client.operation.time_per_output_chunk", "Measures the time per output chunk in a streaming operation");
    }

    /// <summary>Whether spans carry messages and additional properties. Off unless OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT is true.</summary>
    public bool EnableSensitiveData { get; set; } = GenAI.CaptureContentByDefault;

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ActivitySource) ? instruments.Source : base.GetService(serviceType, serviceKey);

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var activity = Start(messages, options, streaming: false);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var response = await base.GetResponseAsync(messages, options, cancellationToken);
            Finish(activity, options, started, response, error: null);
            return response;
        }
        catch (Exception error)
        {
            Finish(activity, options, started, response: null, error);
            throw;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var activity = Start(messages, options, streaming: true);
        var started = Stopwatch.GetTimestamp();
        var tags = instruments.Tags(options?.ModelId ?? defaultModelId);
        var modelTagged = false;
        var lastChunk = TimeSpan.Zero;
        double? firstChunkSeconds = null;
        List<ChatResponseUpdate> seen = [];
        Exception? failure = null;
        IAsyncEnumerator<ChatResponseUpdate>? updates = null;
        try
        {
            while (true)
            {
                try
                {
                    updates ??= base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
                    if (!await updates.MoveNextAsync())
                    {
                        break;
                    }
                }
                catch (Exception error)
                {
                    failure = error;
                    throw;
                }

                var update = updates.Current;
                if (!modelTagged && update.ModelId is { } model)
                {
                    tags.Add(GenAI.Response.Model, model);
                    modelTagged = true;
                }

                var now = Stopwatch.GetElapsedTime(started);
                (firstChunkSeconds is null ? timeToFirstChunk : timePerOutputChunk).Record((now - lastChunk).TotalSeconds, tags);
                firstChunkSeconds ??= now.TotalSeconds;
                lastChunk = now;

                seen.Add(update);
                yield return update;
                if (activity is not null)
                {
                    Activity.Current = activity; // The consumer's context replaces ours at each yield: https://github.com/dotnet/runtime/issues/47802
                }
            }
        }
        finally
        {
            Finish(activity, options, started, seen.ToChatResponse(), failure, firstChunkSeconds);
            if (updates is not null)
            {
                await updates.DisposeAsync();
            }
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

    private Activity? Start(IEnumerable<ChatMessage> messages, ChatOptions? options, bool streaming)
    {
        var model = options?.ModelId ?? defaultModelId;
        var activity = instruments.Source.HasListeners() ? instruments.Source.StartActivity(instruments.SpanName(model), ActivityKind.Client) : null;
        if (activity is not { IsAllDataRequested: true })
        {
            return activity;
        }

        foreach (var tag in instruments.Tags(model))
        {
            activity.AddTag(tag.Key, tag.Value);
        }

        if (streaming)
        {
            activity.AddTag(GenAI.Request.Stream, true);
        }

        ChatRequestTags.Add(activity, options);
        if (EnableSensitiveData)
        {
            activity.AddProperties(options?.AdditionalProperties);
            if (!string.IsNullOrWhiteSpace(options?.Instructions))
            {
                activity.AddTag(GenAI.SystemInstructions, MessagesJson.WriteInstructions(options.Instructions));
            }

            activity.AddTag(GenAI.InputMessages, MessagesJson.Write(messages));
        }

        return activity;
    }

    private void Finish(
        Activity? activity, ChatOptions? options, long started, ChatResponse? response, Exception? error, double? firstChunkSeconds = null)
    {
        var requestModel = options?.ModelId ?? defaultModelId;
        instruments.RecordDuration(Stopwatch.GetElapsedTime(started), requestModel, response?.ModelId, error);
        instruments.RecordTokens("input", response?.Usage?.InputTokenCount, requestModel, response?.ModelId);
        instruments.RecordTokens("output", response?.Usage?.OutputTokenCount, requestModel, response?.ModelId);
        if (error is not null)
        {
            activity.Fail(error);
            if (logger is not null)
            {
                GenAILog.OperationException(logger, error);
            }
        }

        if (activity is not { IsAllDataRequested: true } || response is null)
        {
            return;
        }

        if (EnableSensitiveData)
        {
            activity.AddTag(GenAI.OutputMessages, MessagesJson.Write(response.Messages, response.FinishReason));
        }

        ChatResponseTags.Add(activity, response, firstChunkSeconds);
        if (EnableSensitiveData)
        {
            activity.AddProperties(response.AdditionalProperties);
        }
    }
}
