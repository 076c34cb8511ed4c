using System.Text.Json;

namespace AiApp.Testing;

/// <summary>
/// <see cref="ObedientAnswer"/> with tools: it searches for the question first, then calls every tool that any text in its context tells it
/// to, once each and with the arguments that stand there, and then answers.
/// </summary>
internal static class ObedientAgent
{
    public static bool HasTools(JsonElement body) => body.TryGetProperty("tools", out var tools) && tools.GetArrayLength() > 0;

    public static (AgentTurn Turn, IReadOnlyList<ObeyedInstruction> Obeyed) Next(JsonElement body, ChatPrompt prompt, ModelServerOptions options)
    {
        var made = Made(body);
        if (made.Count == 0)
        {
            return (AgentTurn.Call("search", JsonSerializer.Serialize(new { query = prompt.LastUserText.Replace("<question>", "", StringComparison.Ordinal).Replace("</question>", "", StringComparison.Ordinal) })), []);
        }
        var reply = ObedientAnswer.For(prompt.SystemText, prompt.ContextText, prompt.ContextText, options);
        var wanted = reply.Calls.Where(call => !made.Contains((call.Tool, Plain(call.Arguments)))).ToList();
        var isOver = body.TryGetProperty("tool_choice", out var choice) && choice.ValueKind == JsonValueKind.String && choice.GetString() == "none";
        return (wanted.Count > 0 && !isOver ? new("", wanted) : AgentTurn.Say(reply.Text), reply.Obeyed);
    }

    private static HashSet<(string, string)> Made(JsonElement body) =>
    [
        .. body.GetProperty("messages").EnumerateArray()
            .SelectMany(message => message.TryGetProperty("tool_calls", out var calls) ? calls.EnumerateArray().ToArray() : [])
            .Select(call => call.GetProperty("function"))
            .Select(function => (function.GetProperty("name").GetString()!, Plain(function.GetProperty("arguments").GetString()!))),
    ];

    /// <summary>However it is laid out.</summary>
    private static string Plain(string json) => string.Concat(json.Where(letter => !char.IsWhiteSpace(letter)));
}
