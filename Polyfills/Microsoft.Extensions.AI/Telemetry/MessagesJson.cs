using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Microsoft.Extensions.AI;

/// <summary>Messages in the JSON that the GenAI conventions give to span attributes: role and typed parts, in snake case.</summary>
internal static class MessagesJson
{
    private static readonly JsonWriterOptions WriterOptions = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IEnumerable<ChatMessage> messages, ChatFinishReason? finishReason = null) => Json(writer =>
    {
        writer.WriteStartArray();
        foreach (var message in messages)
        {
            WriteMessage(writer, message, finishReason);
        }

        writer.WriteEndArray();
    });

    public static string WriteInstructions(string instructions) => Json(writer =>
    {
        writer.WriteStartArray();
        WriteText(writer, "text", instructions);
        writer.WriteEndArray();
    });

    private static void WriteMessage(Utf8JsonWriter writer, ChatMessage message, ChatFinishReason? finishReason)
    {
        writer.WriteStartObject();
        writer.WriteString("role", Role(message.Role));
        if (message.AuthorName is { } name)
        {
            writer.WriteString("name", name);
        }

        writer.WriteStartArray("parts");
        foreach (var content in message.Contents)
        {
            WritePart(writer, content);
        }

        writer.WriteEndArray();
        if (finishReason is { } reason)
        {
            writer.WriteString("finish_reason", FinishReason(reason));
        }

        writer.WriteEndObject();
    }

    private static string Role(ChatRole role) =>
        role == ChatRole.Assistant ? "assistant"
        : role == ChatRole.Tool ? "tool"
        : role == ChatRole.System || role.Value == "developer" ? "system"
        : "user";

    private static string FinishReason(ChatFinishReason reason) =>
        reason == ChatFinishReason.Length ? "length"
        : reason == ChatFinishReason.ContentFilter ? "content_filter"
        : reason == ChatFinishReason.ToolCalls ? "tool_call"
        : "stop";

    private static void WritePart(Utf8JsonWriter writer, AIContent content)
    {
        switch (content)
        {
            case TextContent text when !string.IsNullOrWhiteSpace(text.Text):
                WriteText(writer, "text", text.Text);
                break;
            case TextReasoningContent reasoning when !string.IsNullOrWhiteSpace(reasoning.Text):
                WriteText(writer, "reasoning", reasoning.Text);
                break;
            case ErrorContent error:
                WriteText(writer, "error", error.Message);
                break;
            case FunctionCallContent call:
                writer.WriteStartObject();
                writer.WriteString("type", "tool_call");
                writer.WriteString("id", call.CallId);
                writer.WriteString("name", call.Name);
                WriteValue(writer, "arguments", call.Arguments);
                writer.WriteEndObject();
                break;
            case FunctionResultContent result:
                writer.WriteStartObject();
                writer.WriteString("type", "tool_call_response");
                writer.WriteString("id", result.CallId);
                WriteValue(writer, "response", result.Result);
                writer.WriteEndObject();
                break;
            default:
                writer.WriteStartObject();
                writer.WriteString("type", content.GetType().FullName);
                WriteValue(writer, "content", content);
                writer.WriteEndObject();
                break;
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string type, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("type", type);
        writer.WriteString("content", text);
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, object? value)
    {
        if (value is null)
        {
            return;
        }

        writer.WritePropertyName(name);
        try
        {
            JsonSerializer.SerializeToElement(value, value.GetType(), AIJsonUtilities.DefaultOptions).WriteTo(writer);
        }
        catch (Exception error) when (error is NotSupportedException or JsonException)
        {
            // Telemetry never breaks the call: a value that JSON cannot carry shows as an empty object.
            writer.WriteStartObject();
            writer.WriteEndObject();
        }
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
