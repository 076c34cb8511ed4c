namespace AiApp.Rag.Ingestion.Reading.Office;

/// <summary>Word: the body, then the notes. What repeats on each page, comments and deleted text are left out.</summary>
internal sealed class DocxReader : IDocumentReader
{
    public string Version => "docx-1";

    public bool CanRead(string mediaType) => mediaType == MediaTypes.Docx;

    public ReadDocument Read(DocumentFile file, CancellationToken ct)
    {
        using var package = new OfficePackage(file, ct);
        var text = new CanonicalTextBuilder();
        var main = package.MainPart("word/document.xml");
        var relations = package.Relations(main);
        var styles = WordStyles.Read(package, relations.Find(relation => relation.Type == "styles")?.Target, ct);
        foreach (var part in relations.Where(relation => relation.Type is "footnotes" or "endnotes").Select(relation => relation.Target).Prepend(main))
        {
            using var xml = package.Open(part);
            if (xml is not null)
            {
                new WordBody(xml, styles, text, ct).Write();
            }
        }

        // Parts that another program has written, such as HTML out of a database.
        foreach (var part in relations.Where(relation => relation.Type == "aFChunk").Select(relation => relation.Target))
        {
            if (file.Inner is { } inner && MediaTypes.TryResolve(part, null, out _) && package.ReadAll(part) is { } bytes)
            {
                text.Append(inner(bytes, part, "", ct), 0);
            }
        }

        return text.ToDocument(package.Title(), file.SourceUri, Version);
    }
}
