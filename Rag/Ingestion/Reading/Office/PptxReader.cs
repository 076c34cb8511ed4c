using System.Xml;
using AiApp.Rag.Ingestion.Reading.Xml;

namespace AiApp.Rag.Ingestion.Reading.Office;

/// <summary>PowerPoint: each slide is a page under its title, with what the speaker's notes say. Footers and numbers are left out.</summary>
internal sealed class PptxReader : IDocumentReader
{
    public string Version => "pptx-1";

    public bool CanRead(string mediaType) => mediaType == MediaTypes.Pptx;

    public ReadDocument Read(DocumentFile file, CancellationToken ct)
    {
        using var package = new OfficePackage(file, ct);
        var text = new CanonicalTextBuilder();
        var number = 0;
        string? title = null;
        foreach (var part in Slides(package, ct))
        {
            text.StartPage(++number);
            var said = WriteSlide(package, part, number, text, ct);
            title ??= said;
        }

        // PowerPoint's own default says nothing.
        var declared = package.Title() is { } own && !string.IsNullOrWhiteSpace(own) && own != "PowerPoint Presentation" ? own : title;
        return text.ToDocument(declared ?? Path.GetFileName(file.SourceUri), file.SourceUri, Version) with { PagesAreSeparate = true };
    }

    /// <summary>In the order of the show.</summary>
    private static List<string> Slides(OfficePackage package, CancellationToken ct)
    {
        var main = package.MainPart("ppt/presentation.xml");
        var targets = package.Relations(main).Where(relation => relation.Type == "slide").DistinctBy(r => r.Id).ToDictionary(r => r.Id, r => r.Target);
        var slides = new List<string>();
        using var xml = package.Open(main);
        while (xml is not null && xml.Next(ct))
        {
            if (xml.IsStart() && xml.LocalName == "sldId" && RelationId(xml) is { } id && targets.Remove(id, out var target))
            {
                slides.Add(target);
            }
        }

        return slides;
    }

    // A slide has two attributes of that local name: its own number, and the relation, which is no number.
    private static string? RelationId(XmlReader xml)
    {
        string? found = null;
        for (var any = xml.MoveToFirstAttribute(); any; any = xml.MoveToNextAttribute())
        {
            found = xml.LocalName == "id" && xml.NamespaceURI.Length > 0 ? xml.Value : found;
        }

        xml.MoveToElement();
        return found;
    }

    /// <summary>The slide's title; null without one.</summary>
    private static string? WriteSlide(OfficePackage package, string part, int number, CanonicalTextBuilder text, CancellationToken ct)
    {
        var shapes = SlideShapes.Read(package, part, ct);
        var title = string.Join(' ', shapes.Where(shape => shape.IsTitle).SelectMany(shape => shape.Paragraphs).Select(p => p.Text));
        var relations = package.Relations(part);
        var diagrams = relations.Where(r => r.Type is "diagramData" or "chart").SelectMany(r => SlideShapes.Read(package, r.Target, ct));
        var body = shapes.Where(shape => !shape.IsTitle).Concat(diagrams).Where(shape => shape.HasText).ToList();
        var notes = relations.Where(r => r.Type == "notesSlide").SelectMany(r => SlideShapes.Read(package, r.Target, ct))
            .Where(shape => shape.Placeholder == "body" && shape.HasText).ToList();
        if (string.IsNullOrWhiteSpace(title) && body.Count == 0 && notes.Count == 0)
        {
            return null;
        }

        text.Heading(string.IsNullOrWhiteSpace(title) ? $"Slide {number}" : title, 1);
        body.ForEach(shape => shape.Write(text));
        if (notes.Count > 0)
        {
            text.Heading("Notes", 2);
            notes.ForEach(shape => shape.Write(text));
        }

        return string.IsNullOrWhiteSpace(title) ? null : title;
    }
}
