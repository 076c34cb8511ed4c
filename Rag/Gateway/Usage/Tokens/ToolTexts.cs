using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Usage.Tokens;

/// <summary>What a part of a message is counted by.</summary>
internal static class ToolTexts
{
    // As a person reads it who has to approve it: on one line, and letters stay letters.
    private static readonly JsonSerializerOptions Compact = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Null for what is no text to a model.</summary>
    public static string? Of(AIContent content) => content switch
    {
        TextContent text => text.Text,
        FunctionCallContent call => $"{call.CallId} {call.Name} {ArgumentsOf(call)}",
        FunctionResultContent result => $"{result.CallId} {result.Result as string ?? JsonSerializer.Serialize(result.Result, AIJsonUtilities.DefaultOptions)}",
        _ => null,
    };

    /// <summary>As JSON; what was no JSON object is an empty text.</summary>
    public static string ArgumentsOf(FunctionCallContent call) =>
        call.Exception is not null ? "" : call.Arguments is null ? "{}" : JsonSerializer.Serialize(call.Arguments, Compact);
}
