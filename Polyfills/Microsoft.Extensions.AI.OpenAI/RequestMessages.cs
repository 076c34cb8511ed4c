using System.Text.RegularExpressions;
using OpenAI.Chat;
using OpenAIMessage = OpenAI.Chat.ChatMessage;

namespace Microsoft.Extensions.AI;

internal static partial class RequestMessages
{
    private const int MaxNameLength = 64;

    public static IEnumerable<OpenAIMessage> From(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var mapped = messages.Select(Map).OfType<OpenAIMessage>();
        return string.IsNullOrWhiteSpace(options?.Instructions) ? mapped : mapped.Prepend(new SystemChatMessage(options.Instructions));
    }

    private static OpenAIMessage? Map(ChatMessage message)
    {
        if (message.RawRepresentation is OpenAIMessage raw)
        {
            return raw;
        }

        var parts = Parts(message.Contents);
        var name = Name(message.AuthorName);
        return message.Role.Value switch
        {
            "system" => new SystemChatMessage(parts) { ParticipantName = name },
            "developer" => new DeveloperChatMessage(parts) { ParticipantName = name },
            "user" => new UserChatMessage(parts) { ParticipantName = name },
            "assistant" => new AssistantChatMessage(parts) { ParticipantName = name, Refusal = Refusal(message.Contents) },
            _ => null,
        };
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
                case FunctionCallContent or FunctionResultContent:
                    // Dropping it in silence would send a conversation with holes; the package maps it.
                    throw new NotSupportedException("This stand-in for Microsoft.Extensions.AI.OpenAI does not map tool calls yet.");
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
