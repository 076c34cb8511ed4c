using System.Xml;
using AiApp.Rag.Ingestion.Reading.Archives;
using AiApp.Rag.Ingestion.Reading.Xml;

namespace AiApp.Rag.Ingestion.Reading.Office;

/// <summary>
/// The parts of an Office file and how they refer to each other (Open Packaging Conventions, ECMA-376 part 2). It is read here
/// and not by the SDK for it, because that unpacks without bounds and rejects files over a link that is no URI.
/// </summary>
internal sealed class OfficePackage : IDisposable
{
    private readonly BoundedArchive _archive;
    private readonly CancellationToken _ct;

    public OfficePackage(DocumentFile file, CancellationToken ct) => (_archive, _ct) = (new BoundedArchive(file.Bytes, file.Budget), ct);

    public sealed record Relation(string Id, string Type, string Target);

    /// <summary>The part that the package is about.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public string MainPart(string usual)
    {
        var main = Relations("").FirstOrDefault(relation => relation.Type == "officeDocument")?.Target;
        return main is not null && _archive.Has(main) ? main
            : _archive.Has(usual) ? usual
            : throw new InvalidDataException();
    }

    public XmlReader? Open(string part) => _archive.Open(part) is { } stream ? BoundedXml.Open(stream) : null;

    public ReadOnlyMemory<byte>? ReadAll(string part) => _archive.ReadAll(part, _ct);

    /// <summary>The parts that a part refers to, in the order of its list; the type is the last segment of its name. Links to elsewhere are left out.</summary>
    public List<Relation> Relations(string part)
    {
        var slash = part.LastIndexOf('/');
        var folder = part[..(slash + 1)];
        var relations = new List<Relation>();
        using var xml = Open($"{folder}_rels/{part[(slash + 1)..]}.rels");
        while (xml is not null && xml.Next(_ct))
        {
            if (xml.IsStart() && xml.LocalName == "Relationship" && xml.Attribute("TargetMode") != "External"
                && xml.Attribute("Id") is { } id && xml.Attribute("Type") is { } type && xml.Attribute("Target") is { } target)
            {
                relations.Add(new Relation(id, type[(type.LastIndexOf('/') + 1)..], Resolve(folder, target)));
            }
        }

        return relations;
    }

    /// <summary>What the document's properties say it is called.</summary>
    public string? Title()
    {
        using var xml = Open("docProps/core.xml");
        while (xml is not null && xml.Next(_ct))
        {
            if (xml.IsStart() && xml.LocalName == "title")
            {
                return xml.ReadText(_ct);
            }
        }

        return null;
    }

    public void Dispose() => _archive.Dispose();

    private static string Resolve(string folder, string target)
    {
        var path = target.Replace('\\', '/');
        var segments = new List<string>();
        foreach (var segment in (path.StartsWith('/') ? path : folder + path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == ".." && segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment is not ("." or ".."))
            {
                segments.Add(segment);
            }
        }

        return string.Join('/', segments);
    }
}
