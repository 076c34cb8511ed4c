using System.Text.Encodings.Web;
using System.Text.Json;

namespace AiApp.Cli;

internal static class JsonText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // The output goes to a file or a program, not into HTML: letters stay letters.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Task WriteAsync<T>(Terminal terminal, T value) =>
        terminal.Out.WriteLineAsync(JsonSerializer.Serialize(value, Options));
}
