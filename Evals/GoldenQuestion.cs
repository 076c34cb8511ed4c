using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiApp.Evals;

/// <summary>One line of a golden set. A question without a document must not be answered.</summary>
public sealed record GoldenQuestion
{
    public required string Id { get; init; }
    public required string Question { get; init; }
    public string? Document { get; init; }

    /// <summary>What an answer must hold, literally.</summary>
    [JsonPropertyName("must_contain")]
    public IReadOnlyList<string> MustContain { get; init; } = [];
    public string Kind { get; init; } = "";

    /// <summary>What a person has yet to add to a line that was made of feedback; null when it can be asked.</summary>
    public string? Review { get; init; }

    public bool IsAnswerable => Document is not null;

    public static IReadOnlyList<GoldenQuestion> Load(string file) =>
        [.. File.ReadLines(file).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<GoldenQuestion>(line, JsonSerializerOptions.Web)!)];
}
