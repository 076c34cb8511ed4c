using AiApp.Contracts;
using AiApp.Rag.Documents;

namespace AiApp.Api.Documents;

internal static class DocumentMapping
{
    public static DocumentDto ToDto(this Document document) => new()
    {
        Id = document.Id,
        Collection = document.Collection,
        SourceUri = document.SourceUri,
        Title = document.Title,
        MediaType = document.MediaType,
        SizeBytes = document.SizeBytes,
        Status = document.Status switch
        {
            DocumentStatus.Waiting => DocumentStatuses.Waiting,
            DocumentStatus.Working => DocumentStatuses.Working,
            DocumentStatus.Ready => DocumentStatuses.Ready,
            DocumentStatus.Failed => DocumentStatuses.Failed,
            DocumentStatus.Cancelled => DocumentStatuses.Cancelled,
        },
        Stage = document.Stage switch
        {
            DocumentStage.Received => "received",
            DocumentStage.Reading => "reading",
            DocumentStage.Chunking => "chunking",
            DocumentStage.Embedding => "embedding",
            DocumentStage.Publishing => "publishing",
            DocumentStage.Ready => "ready",
        },
        FailureCode = document.FailureCode,
        FailureReason = document.FailureReason,
        Attempt = document.Attempt,
        VersionNumber = document.VersionNumber,
        ChunkCount = document.ChunkCount,
        ValidFrom = document.ValidFrom,
        ValidUntil = document.ValidUntil,
        CreatedAt = document.CreatedAt,
        UpdatedAt = document.UpdatedAt,
        Readers = document.Readers,
    };

    public static DocumentSummaryDto ToDto(this DocumentSummary summary) => new()
    {
        Waiting = summary.Waiting,
        Working = summary.Working,
        Ready = summary.Ready,
        Failed = summary.Failed,
        Cancelled = summary.Cancelled,
        Chunks = summary.Chunks,
    };

    public static DocumentTextDto ToDto(this DocumentText text) => new()
    {
        DocumentId = text.DocumentId,
        VersionId = text.VersionId,
        VersionNumber = text.VersionNumber,
        NewestVersionNumber = text.NewestVersionNumber,
        Title = text.Title,
        SourceUri = text.SourceUri,
        ValidFrom = text.ValidFrom,
        ValidUntil = text.ValidUntil,
        Text = text.Text,
        Blocks = [.. text.Blocks.Select(block => new BlockDto
        {
            Kind = block.Kind switch
            {
                BlockKind.Heading => "heading",
                BlockKind.Paragraph => "paragraph",
                BlockKind.ListItem => "list_item",
                BlockKind.TableRow => "table_row",
                BlockKind.Code => "code",
                BlockKind.Quote => "quote",
            },
            Start = block.Start,
            Length = block.Length,
            Level = block.Level,
        })],
    };

    public static bool TryParseStatus(string? text, out DocumentStatus? status)
    {
        status = text switch
        {
            DocumentStatuses.Waiting => DocumentStatus.Waiting,
            DocumentStatuses.Working => DocumentStatus.Working,
            DocumentStatuses.Ready => DocumentStatus.Ready,
            DocumentStatuses.Failed => DocumentStatus.Failed,
            DocumentStatuses.Cancelled => DocumentStatus.Cancelled,
            _ => null,
        };
        return status is not null || text is null;
    }
}
