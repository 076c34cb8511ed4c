using System.Text;
using AiApp.Api.Http;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Gateway.Structured.Schemas;

namespace AiApp.Api.Extraction;

/// <summary>What a request to extract must be like; null when it is fine.</summary>
internal static class ExtractionRules
{
    public const int MaxTextBytes = 200 * 1024;
    private const int MaxSchemaBytes = 32 * 1024;
    private const int MaxInstructionsLength = 4_000;
    private const int MaxOutputTokens = 32_000;

    public static Problem? Check(ExtractRequest request) => request switch
    {
        { Text: null, DocumentId: null } => Problem.Invalid("text", "Give a text or the id of a document."),
        { Text: not null, DocumentId: not null } => Problem.Invalid("documentId", "Give a text or the id of a document, not both."),
        { Text: { } text } when string.IsNullOrWhiteSpace(text) => Problem.Invalid("text", "This must hold a text."),
        { Text: { } text } when Encoding.UTF8.GetByteCount(text) > MaxTextBytes => TooLarge($"A text has at most {MaxTextBytes / 1024} KB; upload a longer one and give its documentId."),
        { Text: { } text } when !TextRules.IsStorable(text) => Problem.Invalid("text", "This holds a NUL character or half of a surrogate pair."),
        { Instructions.Length: > MaxInstructionsLength } => TooLarge($"Instructions have at most {MaxInstructionsLength:N0} characters."),
        { Instructions: { } words } when !TextRules.IsStorable(words) => Problem.Invalid("instructions", "This holds a NUL character or half of a surrogate pair."),
        { MaxOutputTokens: < 1 or > MaxOutputTokens } => Problem.Invalid("maxOutputTokens", $"This must be between 1 and {MaxOutputTokens:N0}."),
        _ when Encoding.UTF8.GetByteCount(request.Schema.GetRawText()) > MaxSchemaBytes => TooLarge($"A schema has at most {MaxSchemaBytes / 1024} KB."),
        _ => null,
    };

    /// <summary>Each fault under its place in the request.</summary>
    public static Problem Describe(IReadOnlyList<SchemaFault> faults) => new(ProblemCatalogue.Validation)
    {
        Detail = "The schema is not one that values can be checked against: errors says what to change.",
        Errors = faults.GroupBy(fault => $"schema{fault.Path}").ToDictionary(at => at.Key, at => at.Select(fault => Sentence(fault.Message)).ToArray()),
    };

    private static Problem TooLarge(string detail) => new(ProblemCatalogue.TooLarge) { Detail = detail };

    private static string Sentence(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}.";
}
