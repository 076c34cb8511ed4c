using AiApp.Rag.Ingestion.Reading;

namespace AiApp.Rag.Ingestion.Parsing;

/// <summary>For documents that are trusted, such as labelled sets: nothing bounds what reading them takes.</summary>
internal sealed class InProcessParser(DocumentReaders readers) : IDocumentParser
{
    public Task<ReadDocument> ParseAsync(ReadOnlyMemory<byte> bytes, string sourceUri, string mediaType, CancellationToken ct) =>
        Task.FromResult(readers.Read(bytes, sourceUri, mediaType, ct));
}
