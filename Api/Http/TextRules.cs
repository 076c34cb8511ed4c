using AiApp.Api.Problems;

namespace AiApp.Api.Http;

/// <summary>What texts of a request must be like; null when one is fine.</summary>
internal static class TextRules
{
    public const int MaxQuestionLength = 8_000;
    private const int MaxNameLength = 100;

    public static Problem? CheckQuestion(string field, string? text) => text switch
    {
        _ when string.IsNullOrWhiteSpace(text) => Problem.Invalid(field, "This must hold a question."),
        { Length: > MaxQuestionLength } => new(ProblemCatalogue.TooLarge) { Detail = $"A question has at most {MaxQuestionLength:N0} characters." },
        _ when !IsStorable(text) => Problem.Invalid(field, "This holds a NUL character or half of a surrogate pair."),
        _ => null,
    };

    public static Problem? CheckCollection(string? name) => name is null || IsName(name)
        ? null
        : Problem.Invalid("collection", $"A collection's name has 1 to {MaxNameLength} characters and no control characters.");

    public static bool IsStorable(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\0' || char.IsLowSurrogate(text[at]))
            {
                return false;
            }
            if (char.IsHighSurrogate(text[at]) && (++at == text.Length || !char.IsLowSurrogate(text[at])))
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength && !string.IsNullOrWhiteSpace(name) && !name.Any(char.IsControl) && IsStorable(name);
}
