using System.Text.Json;

namespace AiApp.Api.Problems;

/// <summary>Says where a JSON body is wrong, and nothing of what stands there.</summary>
internal static class InvalidJson
{
    // The serializer tells absent properties in its message alone: "... including: 'question', 'top'."
    private const string MissingMark = "missing required properties including:";
    private static readonly string[] Required = ["This is required."];

    public static Problem Describe(JsonException json)
    {
        var at = json.Message.IndexOf(MissingMark, StringComparison.Ordinal);
        if (at >= 0)
        {
            var names = json.Message[(at + MissingMark.Length)..].Split('\'').Where((_, index) => index % 2 == 1).ToList();
            return new(ProblemCatalogue.Validation)
            {
                Detail = $"The JSON body lacks {string.Join(", ", names)}.",
                Errors = names.ToDictionary(name => name, _ => Required),
            };
        }
        var field = json.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : "$";
        return Problem.Invalid(field, json.LineNumber is { } line
            ? $"The JSON body cannot be read at {field}, line {line + 1}, byte {json.BytePositionInLine + 1}."
            : $"The JSON body cannot be read at {field}.");
    }
}
