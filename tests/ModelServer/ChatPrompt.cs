using System.Text.Json;

namespace AiApp.Testing;

/// <summary>The parts of a chat request that the answer depends on.</summary>
internal sealed record ChatPrompt(string LastUserText, string SystemText, string ContextText, string AllText, bool Streams, bool IncludesUsage, int? MaxTokens)
{
    public static ChatPrompt From(JsonElement body)
    {
        var messages = body.GetProperty("messages").EnumerateArray()
            .Select(message => (Role: message.GetProperty("role").GetString(), Text: Text(message)))
            .ToArray();
        return new ChatPrompt(
            messages.LastOrDefault(message => message.Role == "user").Text ?? "",
            string.Join('\n', messages.Where(message => IsSystem(message.Role)).Select(message => message.Text)),
            string.Join('\n', messages.Where(message => !IsSystem(message.Role)).Select(message => message.Text)),
            string.Join('\n', messages.Select(message => message.Text)),
            body.TryGetProperty("stream", out var stream) && stream.GetBoolean(),
            body.TryGetProperty("stream_options", out var options) && options.TryGetProperty("include_usage", out var usage) && usage.GetBoolean(),
            MaxTokensOf(body));
    }

    private static bool IsSystem(string? role) => role is "system" or "developer";

    /// <summary>Newer clients send <c>max_completion_tokens</c>, older ones <c>max_tokens</c>.</summary>
    private static int? MaxTokensOf(JsonElement body) =>
        body.TryGetProperty("max_completion_tokens", out var newer) ? newer.GetInt32()
        : body.TryGetProperty("max_tokens", out var older) ? older.GetInt32()
        : null;

    private static string Text(JsonElement message)
    {
        if (!message.TryGetProperty("content", out var content))
        {
            return "";
        }

        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!,
            JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(part => part.TryGetProperty("text", out var text) ? text.GetString() : "")),
            _ => "",
        };
    }
}
