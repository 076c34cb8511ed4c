using AiApp.Contracts;

namespace AiApp.Web.Tests;

internal static class TestCitations
{
    public static CitationDto Citation(int marker, string quote = "The quote.", string sourceUri = "policies/travel.md") => new()
    {
        Marker = marker,
        DocumentId = new Guid(marker, 0, 0, new byte[8]),
        VersionId = 1,
        VersionNumber = 1,
        ChunkId = marker,
        Title = "Travel policy",
        SourceUri = sourceUri,
        HeadingPath = "Meals",
        Quote = quote,
        StartOffset = 0,
        Length = quote.Length,
        PassageStartOffset = 0,
        PassageLength = quote.Length,
    };

    public static Dictionary<int, CitationDto> Of(params CitationDto[] citations) =>
        citations.ToDictionary(citation => citation.Marker);
}
