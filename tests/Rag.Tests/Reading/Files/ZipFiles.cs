using System.IO.Compression;
using System.Text;

namespace AiApp.Rag.Tests.Reading.Files;

/// <summary>Small archives and Office files, made in code.</summary>
internal static class ZipFiles
{
    private const string Relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

    public static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    public static byte[] Zip(params (string Name, string Content)[] entries) => Zip([.. entries.Select(e => (e.Name, Encoding.UTF8.GetBytes(e.Content)))]);

    public static byte[] Docx(string body, params (string Name, string Content)[] more) =>
        Zip([("[Content_Types].xml", "<Types/>"), ("word/document.xml", $"<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>"), .. more]);

    public static byte[] Xlsx(string rows, params (string Name, string Content)[] more) => Zip(
    [
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", "<workbook xmlns:r='r'><sheets><sheet name='Stock' sheetId='1' r:id='s1'/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", Relations(("s1", "worksheet", "worksheets/sheet1.xml"), ("t", "sharedStrings", "sharedStrings.xml"), ("f", "styles", "styles.xml"))),
        ("xl/worksheets/sheet1.xml", $"<worksheet><sheetData>{rows}</sheetData></worksheet>"),
        .. more,
    ]);

    /// <summary>Each slide is what stands in its tree of shapes.</summary>
    public static byte[] Pptx(string[] slides, params (string Name, string Content)[] more)
    {
        var entries = new List<(string, string)>
        {
            ("[Content_Types].xml", "<Types/>"),
            ("ppt/presentation.xml", "<p:presentation xmlns:p='p' xmlns:r='r'><p:sldIdLst>" + string.Concat(slides.Select((_, i) => $"<p:sldId id='{256 + i}' r:id='r{i}'/>")) + "</p:sldIdLst></p:presentation>"),
            ("ppt/_rels/presentation.xml.rels", Relations([.. slides.Select((_, i) => ($"r{i}", "slide", $"slides/slide{i}.xml"))])),
        };
        entries.AddRange(slides.Select((slide, i) => ($"ppt/slides/slide{i}.xml", $"<p:sld xmlns:p='p' xmlns:a='a'>{slide}</p:sld>")));
        return Zip([.. entries, .. more]);
    }

    public static string Relations(params (string Id, string Type, string Target)[] relations) =>
        "<Relationships>" + string.Concat(relations.Select(r => $"<Relationship Id='{r.Id}' Type='{Relationship}{r.Type}' Target='{r.Target}'/>")) + "</Relationships>";
}
