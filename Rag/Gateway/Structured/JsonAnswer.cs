using System.Buffers;
using System.Text;
using System.Text.Json;
using AiApp.Rag.Gateway.Structured.Schemas;

namespace AiApp.Rag.Gateway.Structured;

/// <summary>
/// The one JSON value in an answer. A byte order mark, a code fence and words before or after it are put aside; nothing of the value
/// itself is repaired or guessed.
/// </summary>
internal static class JsonAnswer
{
    private const string Fence = "```";
    private const string NotAlone = "more than one JSON value, or brackets around it: one value expected and nothing else";
    private static readonly SearchValues<char> Openers = SearchValues.Create("{[");
    private static readonly SearchValues<char> Brackets = SearchValues.Create("{[]}");

    public static (JsonElement? Value, SchemaFault? Fault) Read(string answer)
    {
        var text = answer.AsSpan().Trim('\uFEFF').Trim();
        var start = text.IndexOfAny(Openers);
        if (start < 0 || text[0] == '"')
        {
            // A text or a number cannot be told from words around it.
            return Unfence(text) is { IsEmpty: false } whole ? Read(whole, _ => true) : Fail("the answer holds no JSON value");
        }
        return text[..start].IndexOfAny(Brackets) < 0 ? Read(text[start..], after => after.AsSpan().IndexOfAny(Brackets) >= 0) : Fail(NotAlone);
    }

    /// <summary>
    /// The value at the beginning of the text. A bracket behind it is a second value, which leaves open which one is meant, or tells that
    /// the beginning of the value is missing.
    /// </summary>
    private static (JsonElement?, SchemaFault?) Read(ReadOnlySpan<char> text, Func<string, bool> isWrongBehind)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = PlainJson.MostDepth, AllowMultipleValues = true });
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var behind = Encoding.UTF8.GetString(bytes.AsSpan((int)reader.BytesConsumed)).Trim();
            return behind.Length > 0 && isWrongBehind(behind) ? Fail(NotAlone) : (document.RootElement.Clone(), null);
        }
        catch (JsonException wrong)
        {
            return Fail($"not JSON, from line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1} of the value on");
        }
    }

    private static ReadOnlySpan<char> Unfence(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith(Fence) || !text.EndsWith(Fence) || text.Length <= 2 * Fence.Length)
        {
            return text;
        }
        var inside = text[Fence.Length..^Fence.Length];
        var line = inside.IndexOf('\n');
        return (line < 0 ? inside : inside[(line + 1)..]).Trim();
    }

    private static (JsonElement?, SchemaFault?) Fail(string message) => (null, new("", message));
}
