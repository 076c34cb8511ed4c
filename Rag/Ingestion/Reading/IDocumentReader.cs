using AiApp.Rag.Documents;

namespace AiApp.Rag.Ingestion.Reading;

/// <summary>Turns the bytes of one format into canonical text.</summary>
internal interface IDocumentReader
{
    /// <summary>Its name and a number, such as "markdown-1", which rises with every change of the result.</summary>
    string Version { get; }

    bool CanRead(string mediaType);

    /// <exception cref="UnreadableDocumentException">The bytes are not of this format, or hold no text.</exception>
    ReadDocument Read(DocumentFile file, CancellationToken ct);
}

/// <summary>A file to be read, or a file inside of one: then the source URI is its name, and it opens no others.</summary>
internal sealed record DocumentFile
{
    public required ReadOnlyMemory<byte> Bytes { get; init; }
    public required string SourceUri { get; init; }

    /// <summary>What unpacking may still cost, for the upload as a whole.</summary>
    public required UnpackingBudget Budget { get; init; }

    /// <summary>Reads a file inside of this one; null in such a file itself.</summary>
    public InnerReader? Inner { get; init; }
}

/// <exception cref="UnreadableDocumentException">The inner file cannot be read.</exception>
internal delegate ReadDocument InnerReader(ReadOnlyMemory<byte> bytes, string name, string mediaType, CancellationToken ct);

/// <summary>Where the text of a page begins. Numbers count from 1 and rise; the start is an offset in the canonical text.</summary>
internal sealed record PageStart(int Number, int Start);

/// <summary>
/// Plain text without marks, and its blocks: in order, not overlapping, inside the text. Offsets are UTF-16 code units.
/// </summary>
internal sealed record ReadDocument
{
    public required string Title { get; init; }
    public required string CanonicalText { get; init; }
    public required IReadOnlyList<TextBlock> Blocks { get; init; }

    /// <summary>See <see cref="IDocumentReader.Version"/>.</summary>
    public required string ReaderVersion { get; init; }

    /// <summary>Empty where the format has no pages. What stands before the first start is on no page.</summary>
    public IReadOnlyList<PageStart> Pages { get; init; } = [];

    /// <summary>Pages that are shown one at a time, as slides are: a chunk is part of one.</summary>
    public bool PagesAreSeparate { get; init; }
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
