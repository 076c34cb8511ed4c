using AiApp.Rag.Retrieval;

namespace AiApp.Rag.Tests;

/// <summary>Passages as retrieval would return them, without a database.</summary>
internal static class Passages
{
    public static RetrievedChunk Of(string text, string headingPath = "Handbook", int number = 1, double score = 1, int offset = 100) => new()
    {
        ChunkId = number,
        CollectionId = 1,
        DocumentId = new Guid(number, 0, 0, new byte[8]),
        VersionId = number,
        VersionNumber = 1,
        Title = headingPath.Split(" > ")[0],
        SourceUri = $"doc-{number}.md",
        HeadingPath = headingPath,
        Text = text,
        StartOffset = offset,
        Length = text.Length,
        Score = score,
    };
}
