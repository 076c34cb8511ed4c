using System.ClientModel.Primitives;
using OpenAI.Chat;
using OpenAIFormat = OpenAI.Chat.ChatResponseFormat;

namespace Microsoft.Extensions.AI;

internal static class RequestOptions
{
    /// <summary>What the caller set on a raw <see cref="ChatCompletionOptions"/> (such as the end user's id) goes before the common options.</summary>
    public static ChatCompletionOptions From(ChatOptions? options, IChatClient client)
    {
        if (options is null)
        {
            return new ChatCompletionOptions();
        }

        var result = options.RawRepresentationFactory?.Invoke(client) as ChatCompletionOptions ?? new ChatCompletionOptions();
        result.FrequencyPenalty ??= options.FrequencyPenalty;
        result.PresencePenalty ??= options.PresencePenalty;
        result.MaxOutputTokenCount ??= options.MaxOutputTokens;
        result.Temperature ??= options.Temperature;
        result.TopP ??= options.TopP;
        result.Seed ??= options.Seed;
        result.ReasoningEffortLevel ??= Effort(options.Reasoning?.Effort);
        result.ResponseFormat ??= Format(options);
        foreach (var stop in options.StopSequences ?? [])
        {
            result.StopSequences.Add(stop);
        }

        AddTools(result, options);
        SetModel(ref result.Patch, options.ModelId);
        return result;
    }

    /// <summary>How tools are chosen is said only where there are some: the service refuses it otherwise.</summary>
    private static void AddTools(ChatCompletionOptions result, ChatOptions options)
    {
        foreach (var tool in options.Tools?.OfType<AIFunctionDeclaration>() ?? [])
        {
            result.Tools.Add(ToolCalls.ToTool(tool));
        }

        if (result.Tools.Count == 0)
        {
            return;
        }

        result.AllowParallelToolCalls ??= options.AllowMultipleToolCalls;
        result.ToolChoice ??= options.ToolMode switch
        {
            NoneChatToolMode => ChatToolChoice.CreateNoneChoice(),
            AutoChatToolMode => ChatToolChoice.CreateAutoChoice(),
            RequiredChatToolMode { RequiredFunctionName: { } name } => ChatToolChoice.CreateFunctionChoice(name),
            RequiredChatToolMode => ChatToolChoice.CreateRequiredChoice(),
            _ => null,
        };
    }

    /// <summary>The OpenAI client is bound to one model; a patch of the request body names another.</summary>
    public static void SetModel(ref JsonPatch patch, string? modelId)
    {
        if (modelId is not null && !(patch.TryGetValue("$.model"u8, out string? chosen) && chosen is not null))
        {
            patch.Set("$.model"u8, modelId);
        }
    }

    private static OpenAIFormat? Format(ChatOptions options)
    {
        switch (options.ResponseFormat)
        {
            case ChatResponseFormatText:
                return OpenAIFormat.CreateTextFormat();
            case ChatResponseFormatJson json when StrictSchema.For(json) is { } schema:
                return OpenAIFormat.CreateJsonSchemaFormat(
                    json.SchemaName ?? "json_schema",
                    BinaryData.FromString(schema.GetRawText()),
                    json.SchemaDescription,
                    options.AdditionalProperties?.TryGetValue("strict", out bool strict) is true ? strict : null);
            case ChatResponseFormatJson:
                return OpenAIFormat.CreateJsonObjectFormat();
            default:
                return null;
        }
    }

    private static ChatReasoningEffortLevel? Effort(ReasoningEffort? effort) => effort switch
    {
        ReasoningEffort.None => ChatReasoningEffortLevel.None,
        ReasoningEffort.Low => ChatReasoningEffortLevel.Low,
        ReasoningEffort.Medium => ChatReasoningEffortLevel.Medium,
        ReasoningEffort.High => ChatReasoningEffortLevel.High,
        ReasoningEffort.ExtraHigh => new ChatReasoningEffortLevel("xhigh"),
        _ => (ChatReasoningEffortLevel?)null, // a bare null would convert as a string
    };
}
