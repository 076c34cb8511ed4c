using System.Text.RegularExpressions;
using OpenAI.Chat;
using OpenAIMessage = OpenAI.Chat.ChatMessage;

namespace Microsoft.Extensions.AI;

internal static partial class RequestMessages
{
    private const int MaxNameLength = 64;

    public static IEnumerable<OpenAIMessage> From(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var mapped = messages.SelectMany(Map);
        return string.IsNullOrWhiteSpace(options?.Instructions) ? mapped : mapped.Prepend(new SystemChatMessage(options.Instructions));
    }

    private static IEnumerable<OpenAIMessage> Map(ChatMessage message)
    {
        if (message.RawRepresentation is OpenAIMessage raw)
        {
            return [raw];
        }

        if (message.Role == ChatRole.Tool)
        {
            // The protocol has a message for each result.
            return message.Contents.OfType<FunctionResultContent>().Select(result => new ToolChatMessage(result.CallId, ToolCalls.ResultText(result)));
        }

        var name = Name(message.AuthorName);
        return message.Role.Value switch
        {
            "system" => [new SystemChatMessage(Parts(message.Contents)) { ParticipantName = name }],
            "developer" => [new DeveloperChatMessage(Parts(message.Contents)) { ParticipantName = name }],
            "user" => [new UserChatMessage(Parts(message.Contents)) { ParticipantName = name }],
            "assistant" => [Assistant(message, name)],
            _ => [],
        };
    }

    private static AssistantChatMessage Assistant(ChatMessage message, string? name)
    {
        var calls = message.Contents.OfType<FunctionCallContent>().Select(ToolCalls.ToCall).ToList();
        // Content may only be left out beside calls.
        var assistant = calls.Count > 0 && message.Text.Length == 0 ? new AssistantChatMessage(calls) : new AssistantChatMessage(Parts(message.Contents));
        foreach (var call in assistant.ToolCalls.Count == 0 ? calls : [])
        {
            assistant.ToolCalls.Add(call);
        }

        assistant.ParticipantName = name;
        assistant.Refusal = Refusal(message.Contents);
        return assistant;
    }

    private static List<ChatMessageContentPart> Parts(IEnumerable<AIContent> contents)
    {
        List<ChatMessageContentPart> parts = [];
        foreach (var content in contents)
        {
            switch (content)
            {
                case { RawRepresentation: ChatMessageContentPart raw }:
                    parts.Add(raw);
                    break;
                case TextContent text:
                    parts.Add(ChatMessageContentPart.CreateTextPart(text.Text));
                    break;
            }
        }

        // The service refuses a message without content.
        return parts.Count > 0 ? parts : [ChatMessageContentPart.CreateTextPart("")];
    }

    private static string? Refusal(IEnumerable<AIContent> contents) =>
        contents.OfType<ErrorContent>().LastOrDefault(error => error.ErrorCode == nameof(AssistantChatMessage.Refusal))?.Message;

    private static string? Name(string? authorName)
    {
        var name = authorName is null ? "" : NotAllowedInNames().Replace(authorName, "");
        return name.Length == 0 ? null : name[..Math.Min(name.Length, MaxNameLength)];
    }

    [GeneratedRegex("[^a-zA-Z0-9_]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotAllowedInNames();
}
