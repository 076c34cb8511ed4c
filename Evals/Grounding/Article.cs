using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiApp.Evals.Grounding;

/// <summary>A paragraph of a set of questions with answers, in its layout of JSON lines.</summary>
internal sealed record Paragraph(
    [property: JsonPropertyName("id")] string Id, [property: JsonPropertyName("title")] string Title, [property: JsonPropertyName("text")] string Text)
{
    /// <summary>What it is part of: one without a title is all there is of its article.</summary>
    public string Article => Title.Length > 0 ? Title : Id;
}

/// <summary>A question whose answer stands in a paragraph; without a start nobody has said where.</summary>
internal sealed record AskedParagraph(
    [property: JsonPropertyName("question")] string Question, [property: JsonPropertyName("answers")] IReadOnlyList<string> Answers,
    [property: JsonPropertyName("answer_start")] int? Start, [property: JsonPropertyName("context_id")] string ParagraphId);

/// <summary>A claim with a text that supports it, refutes it, or says nothing of it.</summary>
internal sealed record LabelledPair(
    [property: JsonPropertyName("claim")] string Claim, [property: JsonPropertyName("evidence")] string Evidence, [property: JsonPropertyName("label")] string Label);

/// <summary>Two sentences, and how far they say the same: 5 is all of it.</summary>
internal sealed record LikePair(
    [property: JsonPropertyName("a")] string One, [property: JsonPropertyName("b")] string Other, [property: JsonPropertyName("score")] double Score);

internal static class JsonLines
{
    public static IReadOnlyList<T> Read<T>(string file) => [.. File.ReadLines(file).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<T>(line)!)];
}
