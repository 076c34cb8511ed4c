using System.Diagnostics;

namespace Microsoft.Extensions.AI;

internal static class ChatRequestTags
{
    public static void Add(Activity activity, ChatOptions? options)
    {
        if (options is null)
        {
            return;
        }

        activity.AddIfSet(GenAI.ConversationId, options.ConversationId);
        activity.AddIfSet(GenAI.Request.FrequencyPenalty, options.FrequencyPenalty);
        activity.AddIfSet(GenAI.Request.MaxTokens, options.MaxOutputTokens);
        activity.AddIfSet(GenAI.Request.PresencePenalty, options.PresencePenalty);
        activity.AddIfSet(GenAI.Request.Seed, options.Seed);
        activity.AddIfSet(GenAI.Request.Temperature, options.Temperature);
        activity.AddIfSet(GenAI.Request.TopK, options.TopK);
        activity.AddIfSet(GenAI.Request.TopP, options.TopP);
        if (options.StopSequences is { Count: > 0 } stops)
        {
            activity.AddTag(GenAI.Request.StopSequences, $"[{string.Join(", ", stops.Select(stop => $"\"{stop}\""))}]");
        }

        activity.AddIfSet(GenAI.OutputType, options.ResponseFormat switch
        {
            ChatResponseFormatText => "text",
            ChatResponseFormatJson => "json",
            _ => null,
        });
    }

    internal static void AddIfSet(this Activity activity, string name, object? value)
    {
        if (value is not null)
        {
            activity.AddTag(name, value);
        }
    }
}

internal static class ChatResponseTags
{
    public static void Add(Activity activity, ChatResponse response, double? firstChunkSeconds)
    {
        if (response.FinishReason is { } reason)
        {
#pragma warning disable CA1308 // The convention writes finish reasons in lower case.
            activity.AddTag(GenAI.Response.FinishReasons, $"[\"{reason.Value.ToLowerInvariant()}\"]");
#pragma warning restore CA1308
        }

        activity.AddIfSet(GenAI.Response.Id, string.IsNullOrWhiteSpace(response.ResponseId) ? null : response.ResponseId);
        activity.AddIfSet(GenAI.Response.Model, response.ModelId);
        activity.AddIfSet(GenAI.Response.TimeToFirstChunk, firstChunkSeconds);
        activity.AddIfSet(GenAI.Usage.InputTokens, (int?)response.Usage?.InputTokenCount);
        activity.AddIfSet(GenAI.Usage.OutputTokens, (int?)response.Usage?.OutputTokenCount);
        activity.AddIfSet(GenAI.Usage.CacheReadInputTokens, (int?)response.Usage?.CachedInputTokenCount);
        activity.AddIfSet(GenAI.Usage.ReasoningOutputTokens, (int?)response.Usage?.ReasoningTokenCount);
    }
}
