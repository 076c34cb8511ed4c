using AiApp.Contracts;
using AiApp.Rag.Documents;

namespace AiApp.Api.Documents;

internal static class DeletionMapping
{
    public static DeletionReceiptDto Example { get; } = new()
    {
        DocumentId = new("0198c0de-7a11-7000-8000-000000000001"),
        Collection = "handbook",
        SourceUri = "handbook/annual-leave.md",
        Versions = 2,
        Chunks = 9,
        LexicalEntries = 9,
        Vectors = [new() { Model = "local-hashed-1", Dimensions = 384, Count = 9 }],
        Files = 2,
        FilesKept = 0,
        FileBytes = 4_810,
        CachedAnswers = 0,
        JobCancelled = false,
        DeletedAt = new(2026, 3, 2, 14, 5, 0, TimeSpan.Zero),
    };

    public static DeletionReceiptDto ToDto(this DeletionReceipt receipt) => new()
    {
        DocumentId = receipt.DocumentId,
        Collection = receipt.Collection,
        SourceUri = receipt.SourceUri,
        Versions = receipt.Versions,
        Chunks = receipt.Chunks,
        LexicalEntries = receipt.LexicalEntries,
        Vectors = [.. receipt.Vectors.Select(space => new DeletedVectorsDto { Model = space.Model, Dimensions = space.Dimensions, Count = space.Count })],
        Files = receipt.Files,
        FilesKept = receipt.FilesKept,
        FileBytes = receipt.FileBytes,
        // Nothing puts answers into Redis yet; what does will have to drop them here.
        CachedAnswers = 0,
        JobCancelled = receipt.JobCancelled,
        DeletedAt = receipt.DeletedAt,
    };
}
