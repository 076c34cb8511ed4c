using AiApp.Rag.Jobs;

namespace AiApp.Rag.Ingestion.Reading.Archives;

/// <summary>Files inside of a document, each as a section under its name. A document inside of another opens no others.</summary>
internal sealed class InnerFiles(DocumentFile outer)
{
    public CanonicalTextBuilder Text { get; init; } = new();

    /// <summary>At least one file has given its text.</summary>
    public bool AnyRead { get; private set; }

    /// <exception cref="UnreadableDocumentException">The bounds are exceeded: then nothing of the whole is believed.</exception>
    public void Add(string name, string mediaType, Func<ReadOnlyMemory<byte>> read, CancellationToken ct)
    {
        Text.Heading(name, 1);
        if (outer.Inner is not { } inner)
        {
            Text.Paragraph("This file was not opened: it is inside of a file that is inside of another.");
            return;
        }

        try
        {
            var bytes = read();
            if (ContentSignature.Find(bytes.Span) == MediaTypes.Zip && Path.GetExtension(name).Equals(".zip", StringComparison.OrdinalIgnoreCase))
            {
                Text.Paragraph("This archive was not opened: it is inside of another file.");
                return;
            }

            Text.Append(inner(bytes, name, mediaType, ct), 1);
            AnyRead = true;
        }
        catch (UnreadableDocumentException unreadable) when (unreadable.Code != FailureCodes.TooLarge)
        {
            Text.Paragraph($"This file was not read: {unreadable.Message}");
        }
        catch (InvalidDataException)
        {
            Text.Paragraph("This file was not read: it cannot be unpacked.");
        }
    }
}
