using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiApp.Cli;

internal static class JsonText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // The output goes to a file or a program, not into HTML: letters stay letters.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions OnOneLine = new(Options) { WriteIndented = false, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>For JSON lines.</summary>
    public static string Line<T>(T value) => JsonSerializer.Serialize(value, OnOneLine);

    public static Task WriteAsync<T>(Terminal terminal, T value) =>
        terminal.Out.WriteLineAsync(JsonSerializer.Serialize(value, Options));
}
