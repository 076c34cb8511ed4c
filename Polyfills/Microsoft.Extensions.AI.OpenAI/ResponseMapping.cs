using OpenAI.Chat;
using OpenAIFinishReason = OpenAI.Chat.ChatFinishReason;

namespace Microsoft.Extensions.AI;

internal static class ResponseMapping
{
    public static ChatResponse ToResponse(ChatCompletion completion)
    {
        // The API gives the message no id of its own.
        var message = new ChatMessage(ToRole(completion.Role), Contents(completion.Content))
        {
            CreatedAt = completion.CreatedAt,
            MessageId = completion.Id,
            RawRepresentation = completion,
        };
        if (completion.Patch.TryGetValue("$.choices[0].message.reasoning_content"u8, out string? reasoning) && reasoning is not null)
        {
            message.Contents.Add(new TextReasoningContent(reasoning));
        }

        foreach (var call in completion.ToolCalls)
        {
            message.Contents.Add(ToolCalls.ToContent(call));
        }

        if (completion.Refusal is { } refusal)
        {
            message.Contents.Add(new ErrorContent(refusal) { ErrorCode = nameof(completion.Refusal) });
        }

        return new ChatResponse(message)
        {
            CreatedAt = completion.CreatedAt,
            FinishReason = ToFinishReason(completion.FinishReason),
            ModelId = completion.Model,
            RawRepresentation = completion,
            ResponseId = completion.Id,
            Usage = completion.Usage is { } usage ? ToUsage(usage) : null,
        };
    }

    public static ChatResponseUpdate ToUpdate(
        StreamingChatCompletionUpdate update, ChatRole? role, ChatFinishReason? finishReason, string? modelId)
    {
        var mapped = new ChatResponseUpdate(role, Contents(update.ContentUpdate))
        {
            CreatedAt = update.CreatedAt,
            FinishReason = finishReason,
            MessageId = update.CompletionId,
            ModelId = modelId,
            RawRepresentation = update,
            ResponseId = update.CompletionId,
        };
        if (update.Patch.TryGetValue("$.choices[0].delta.reasoning_content"u8, out string? reasoning) && reasoning is not null)
        {
            mapped.Contents.Add(new TextReasoningContent(reasoning));
        }

        if (update.Usage is { } usage)
        {
            mapped.Contents.Add(new UsageContent(ToUsage(usage)) { RawRepresentation = usage });
        }

        return mapped;
    }

    public static ChatRole ToRole(ChatMessageRole role) => role switch
    {
        ChatMessageRole.System => ChatRole.System,
        ChatMessageRole.User => ChatRole.User,
        ChatMessageRole.Assistant => ChatRole.Assistant,
        ChatMessageRole.Tool => ChatRole.Tool,
        ChatMessageRole.Developer => new ChatRole("developer"),
        _ => new ChatRole(role.ToString()),
    };

    public static ChatFinishReason ToFinishReason(OpenAIFinishReason reason) => reason switch
    {
        OpenAIFinishReason.Stop => ChatFinishReason.Stop,
        OpenAIFinishReason.Length => ChatFinishReason.Length,
        OpenAIFinishReason.ContentFilter => ChatFinishReason.ContentFilter,
        OpenAIFinishReason.ToolCalls or OpenAIFinishReason.FunctionCall => ChatFinishReason.ToolCalls,
        _ => new ChatFinishReason(reason.ToString()),
    };

    private static List<AIContent> Contents(ChatMessageContent content) =>
        [.. content.Where(part => part.Kind == ChatMessageContentPartKind.Text).Select(part => new TextContent(part.Text) { RawRepresentation = part })];

    private static UsageDetails ToUsage(ChatTokenUsage usage)
    {
        var details = new UsageDetails
        {
            InputTokenCount = usage.InputTokenCount,
            OutputTokenCount = usage.OutputTokenCount,
            TotalTokenCount = usage.TotalTokenCount,
            CachedInputTokenCount = usage.InputTokenDetails?.CachedTokenCount,
            ReasoningTokenCount = usage.OutputTokenDetails?.ReasoningTokenCount,
            AdditionalCounts = [],
        };
        if (usage.InputTokenDetails is { } input)
        {
            details.AdditionalCounts["InputTokenDetails.AudioTokenCount"] = input.AudioTokenCount;
        }

        if (usage.OutputTokenDetails is { } output)
        {
            details.AdditionalCounts["OutputTokenDetails.AudioTokenCount"] = output.AudioTokenCount;
            details.AdditionalCounts["OutputTokenDetails.AcceptedPredictionTokenCount"] = output.AcceptedPredictionTokenCount;
            details.AdditionalCounts["OutputTokenDetails.RejectedPredictionTokenCount"] = output.RejectedPredictionTokenCount;
        }

        return details;
    }
}
