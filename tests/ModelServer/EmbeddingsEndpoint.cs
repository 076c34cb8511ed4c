using System.Runtime.InteropServices;
using System.Text.Json;

namespace AiApp.Testing;

internal static class EmbeddingsEndpoint
{
    public static Task HandleAsync(ModelServer server, HttpContext context) =>
        CallHandling.RunAsync(server, context, server.EmbeddingFaults, (call, fault, ct) => AnswerAsync(server, context, call, fault, ct));

    private static async Task AnswerAsync(ModelServer server, HttpContext context, ModelCall call, Fault? fault, CancellationToken ct)
    {
        var input = call.Body.GetProperty("input");
        var texts = input.ValueKind == JsonValueKind.String ? [input.GetString()!] : input.EnumerateArray().Select(item => item.GetString()!).ToArray();
        var dimensions = call.Body.TryGetProperty("dimensions", out var asked) ? asked.GetInt32() : server.Options.Dimensions;
        var base64 = call.Body.TryGetProperty("encoding_format", out var format) && format.GetString() == "base64";
        var tokens = texts.Sum(Words.Count);
        call.InputTokens = tokens;
        var data = texts.Select((text, index) => new
        {
            @object = "embedding",
            index,
            embedding = Encode(BagOfWords.Embed(text, dimensions, server.Options.EmbeddingSeed), base64),
        });
        var body = new { @object = "list", data, model = call.Model, usage = new { prompt_tokens = tokens, total_tokens = tokens } };
        await CallHandling.WriteWholeAsync(context, body, fault, ct);
    }

    /// <summary>The protocol's base64 holds little-endian floats.</summary>
    private static object Encode(float[] vector, bool base64) =>
        base64 ? Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector)) : vector;
}
