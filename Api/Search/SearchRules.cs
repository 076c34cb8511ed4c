using AiApp.Api.Http;
using AiApp.Api.Problems;
using AiApp.Rag.Documents;

namespace AiApp.Api.Search;

/// <summary>What a search must be like; null when it is fine.</summary>
internal static class SearchRules
{
    public const int MaxTop = 50;

    public static Problem? Check(string? query, string? collection, int? top) =>
        TextRules.CheckQuestion("query", query)
        ?? TextRules.CheckCollection(collection)
        ?? (top is null or >= 1 and <= MaxTop ? null : Problem.Invalid("top", $"This must be between 1 and {MaxTop}."));

    public static Problem? CheckDocument(string? document) =>
        document is null || (document.Length is > 0 and <= SourceUri.MaxLength && TextRules.IsStorable(document))
            ? null
            : Problem.Invalid("document", $"This must be the id or the source URI of a document, 1 to {SourceUri.MaxLength} characters.");
}
