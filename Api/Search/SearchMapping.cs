using AiApp.Contracts;
using AiApp.Rag.Retrieval;

namespace AiApp.Api.Search;

internal static class SearchMapping
{
    public static SearchResultDto ToDto(this RetrievalResult result) => new()
    {
        Passages = [.. result.Chunks.Select(ToDto)],
        Stages = [.. result.Stages.Select(ToDto)],
        ConfigurationId = result.ConfigurationId,
        Degraded = result.Degraded,
    };

    public static PassageDto ToDto(this RetrievedChunk chunk) => new()
    {
        DocumentId = chunk.DocumentId,
        VersionId = chunk.VersionId,
        ChunkId = chunk.ChunkId,
        Title = chunk.Title,
        SourceUri = chunk.SourceUri,
        HeadingPath = chunk.HeadingPath,
        Text = chunk.Text,
        StartOffset = chunk.StartOffset,
        Length = chunk.Length,
        Page = chunk.Page,
        Score = chunk.Score,
        LexicalRank = chunk.Lexical?.Rank,
        LexicalScore = chunk.Lexical?.Score,
        VectorRank = chunk.Vector?.Rank,
        VectorScore = chunk.Vector?.Score,
        PartIds = chunk.PartIds,
        AlsoIn = [.. chunk.AlsoIn.Select(other => new DocumentReferenceDto { DocumentId = other.DocumentId, Title = other.Title, SourceUri = other.SourceUri })],
        Decisions = [.. chunk.Decisions.Select(decision => decision.ToDto())],
    };

    public static StageDto ToDto(this StageTiming stage) => new() { Name = stage.Name, DurationMs = stage.DurationMs, StartMs = stage.StartMs };
}
