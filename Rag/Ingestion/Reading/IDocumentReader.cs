using AiApp.Rag.Documents;

namespace AiApp.Rag.Ingestion.Reading;

/// <summary>Turns the bytes of one format into canonical text.</summary>
internal interface IDocumentReader
{
    bool CanRead(string mediaType);

    /// <exception cref="UnreadableDocumentException">The bytes are not of this format, or hold no text.</exception>
    ReadDocument Read(ReadOnlyMemory<byte> bytes, string sourceUri, CancellationToken ct);
}

/// <summary>
/// Plain text without marks, and its blocks: in order, not overlapping, inside the text. Offsets are UTF-16 code units.
/// </summary>
internal sealed record ReadDocument
{
    public required string Title { get; init; }
    public required string CanonicalText { get; init; }
    public required IReadOnlyList<TextBlock> Blocks { get; init; }

    /// <summary>The reader and its version, such as "markdown-1": rises with every change of the result.</summary>
    public required string ReaderVersion { get; init; }
    public DateOnly? ValidFrom { get; init; }
    public DateOnly? ValidUntil { get; init; }

    /// <summary>BCP 47, as the document itself says.</summary>
    public string? Language { get; init; }
}

/// <summary>No attempt will ever read this document. The message is for the person who uploaded it.</summary>
internal sealed class UnreadableDocumentException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
