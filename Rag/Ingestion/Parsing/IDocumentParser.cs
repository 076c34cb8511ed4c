using AiApp.Rag.Ingestion.Reading;

namespace AiApp.Rag.Ingestion.Parsing;

/// <summary>Where documents are read: beside the worker in processes of their own, or in this one.</summary>
internal interface IDocumentParser
{
    /// <exception cref="UnreadableDocumentException">No attempt will ever read this document.</exception>
    /// <exception cref="ParserCrashedException">The process that read it ended; the document may be innocent.</exception>
    Task<ReadDocument> ParseAsync(ReadOnlyMemory<byte> bytes, string sourceUri, string mediaType, CancellationToken ct);
}

/// <summary>A parser process ended by itself or by a stranger.</summary>
internal sealed class ParserCrashedException(string message) : Exception(message);
