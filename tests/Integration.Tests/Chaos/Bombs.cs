using System.IO.Compression;
using System.Text;
using AiApp.Rag.Tests.Reading.Files;

namespace AiApp.Integration.Tests.Chaos;

/// <summary>Sixty small files that ask for very much: of memory, of time, of the stack. Made in code, so that no repository holds them.</summary>
internal static class Bombs
{
    private const int Mega = 1_000_000;

    public static IEnumerable<(string Name, byte[] Content)> All() => [.. Archives(), .. Office(), .. Texts(), .. Pdfs(), .. Mails()];

    private static IEnumerable<(string, byte[])> Archives()
    {
        yield return ("zeros-20.zip", ZipFiles.Zip(("a.txt", new byte[20 * Mega])));
        yield return ("zeros-300.zip", ZipFiles.Zip(("a.txt", new byte[300 * Mega])));
        yield return ("many-bombs.zip", ZipFiles.Zip([.. Enumerable.Range(0, 60).Select(i => ($"{i}.txt", new byte[5 * Mega]))]));
        yield return ("entries-100000.zip", ZipFiles.Zip([.. Enumerable.Range(0, 100_000).Select(i => ($"{i}.txt", "x"))]));
        yield return ("just-below-the-ratio.zip", ZipFiles.Zip([.. Enumerable.Range(0, 40).Select(i => ($"{i}.txt", Noise(4 * Mega, 4)))]));
        yield return ("nested.zip", Nest(ZipFiles.Zip(("a.txt", new byte[Mega])), 6));
        yield return ("office-in-zip.zip", ZipFiles.Zip(("a.docx", ZipFiles.Docx(Repeat("<w:p><w:r><w:t>x</w:t></w:r></w:p>", 500_000)))));
        yield return ("lies-small.zip", Lie(ZipFiles.Zip(("a.txt", new byte[20 * Mega])), 10));
        yield return ("lies-large.zip", Lie(ZipFiles.Zip(("a.txt", "short")), 0x7FFFFFFF));
        yield return ("overlap.zip", Overlap(2_000));
        yield return ("climbing.zip", ZipFiles.Zip([.. Enumerable.Range(1, 500).Select(i => (Repeat("../", i) + "x.txt", "x"))]));
        yield return ("gzip-as-text.txt", Gzip(new byte[50 * Mega]));
    }

    private static IEnumerable<(string, byte[])> Office()
    {
        var laughs = "<!DOCTYPE w [<!ENTITY a 'ha'>" + string.Concat(Enumerable.Range('b', 20).Select(c => $"<!ENTITY {(char)c} '&{(char)(c - 1)};&{(char)(c - 1)};&{(char)(c - 1)};'>")) + "]>";
        yield return ("laughs.docx", Part("word/document.xml", laughs + "<document><p><t>&u;</t></p></document>"));
        yield return ("laughs.xlsx", Part("xl/workbook.xml", laughs + "<workbook>&u;</workbook>"));
        yield return ("laughs.pptx", Part("ppt/presentation.xml", laughs + "<presentation>&u;</presentation>"));
        yield return ("laughs.odt", Part("content.xml", laughs + "<document-content>&u;</document-content>"));
        yield return ("remote.docx", Part("word/document.xml", "<!DOCTYPE w [<!ENTITY a SYSTEM 'http://127.0.0.1:1/x'>]><document><p><t>&a;</t></p></document>"));
        yield return ("deep.docx", ZipFiles.Docx(Repeat("<a>", 200_000) + Repeat("</a>", 200_000)));
        yield return ("deep.odt", Part("content.xml", Repeat("<a>", 200_000)));
        yield return ("deep.pptx", ZipFiles.Pptx([Repeat("<p:grpSp>", 100_000)]));
        yield return ("paragraphs.docx", ZipFiles.Docx(Repeat("<w:p><w:r><w:t>x</w:t></w:r></w:p>", 2 * Mega)));
        yield return ("runs.docx", ZipFiles.Docx("<w:p>" + Repeat("<w:r><w:t>x</w:t></w:r>", 2 * Mega) + "</w:p>"));
        yield return ("tables.docx", ZipFiles.Docx(Repeat("<w:tbl><w:tr><w:tc>", 150) + Repeat("</w:tc></w:tr></w:tbl>", 150)));
        yield return ("attributes.docx", ZipFiles.Docx("<w:p " + string.Join(' ', Enumerable.Range(0, 200_000).Select(i => $"a{i}='1'")) + "/>"));
        yield return ("shared.xlsx", ZipFiles.Xlsx(Repeat("<row>" + Repeat("<c t='s'><v>0</v></c>", 900) + "</row>", 300), ("xl/sharedStrings.xml", "<sst><si><t>" + new string('x', 30_000) + "</t></si></sst>")));
        yield return ("strings.xlsx", ZipFiles.Xlsx("<row/>", ("xl/sharedStrings.xml", "<sst>" + Repeat("<si><t>abc</t></si>", 3 * Mega) + "</sst>")));
        yield return ("columns.xlsx", ZipFiles.Xlsx("<row>" + Repeat("<c><v>1</v></c>", Mega) + "</row>"));
        yield return ("far-away.xlsx", ZipFiles.Xlsx("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"));
        yield return ("rows.xlsx", ZipFiles.Xlsx(Repeat("<row><c><v>1</v></c></row>", 2 * Mega)));
        yield return ("slides.pptx", ZipFiles.Pptx([.. Enumerable.Repeat("<p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>x</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld>", 5_000)]));
    }

    private static IEnumerable<(string, byte[])> Texts()
    {
        yield return ("deep.html", Utf8(Repeat("<div>", Mega)));
        yield return ("deep-tables.html", Utf8(Repeat("<table><tr><td>", 100_000)));
        yield return ("spans.html", Utf8("<table>" + Repeat("<tr><td rowspan=65534 colspan=1000>x</td></tr>", 5_000) + "</table>"));
        yield return ("attributes.html", Utf8("<p " + string.Join(' ', Enumerable.Range(0, Mega).Select(i => $"a{i}")) + ">x"));
        yield return ("unclosed.html", Utf8(Repeat("<b><i><p>", 300_000)));
        yield return ("entities.html", Utf8(Repeat("&lt;", 3 * Mega)));
        yield return ("quotes.md", Utf8(Repeat(">", Mega) + " x"));
        yield return ("brackets.md", Utf8(Repeat("[", Mega)));
        yield return ("stars.md", Utf8(Repeat("*a **b ", 500_000)));
        yield return ("ticks.md", Utf8(string.Join(' ', Enumerable.Range(1, 3_000).Select(i => new string('`', i)))));
        yield return ("lists.md", Utf8(string.Join('\n', Enumerable.Range(0, 5_000).Select(i => new string(' ', 2 * i) + "- x"))));
        yield return ("links.md", Utf8(Repeat("![", 300_000) + Repeat("](x)", 300_000)));
        yield return ("aliases.md", Utf8("---\na: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range('b', 20).Select(c => $"{(char)c}: &{(char)c} [*{(char)(c - 1)},*{(char)(c - 1)},*{(char)(c - 1)}]\n")) + "title: *u\n---\ntext"));
        yield return ("columns.csv", Utf8(string.Join(',', Enumerable.Repeat("x", Mega))));
        yield return ("open-quote.csv", Utf8("a,b\n\"" + new string('x', 15 * Mega)));
        yield return ("rows.csv", Utf8(Repeat("a,b,c\n", 3 * Mega)));
        yield return ("deep.json", Utf8(Repeat("[", Mega)));
        yield return ("objects.json", Utf8(Repeat("{\"a\":", 500_000)));
        yield return ("lines.jsonl", Utf8(Repeat("{\"a\":1}\n", 2 * Mega)));
        yield return ("line.txt", Utf8(new string('x', 15 * Mega)));
        yield return ("marks.txt", Utf8("a" + Repeat("\u0301", 5 * Mega)));
        yield return ("groups.rtf", Utf8("{\\rtf1" + Repeat("{", 5 * Mega)));
        yield return ("binary.rtf", Utf8("{\\rtf1 \\bin2147483647 x}"));
        yield return ("unicode.rtf", Utf8("{\\rtf1 " + Repeat("\\u65535?", Mega) + "}"));
    }

    private static IEnumerable<(string, byte[])> Pdfs()
    {
        yield return ("pages.pdf", PdfFile.Of([.. Enumerable.Repeat("x", 20_000)]));
        yield return ("flate.pdf", Flate(new byte[400 * Mega]));
        yield return ("operators.pdf", Flate(Encoding.Latin1.GetBytes("BT /F1 12 Tf " + Repeat("(x) Tj ", 3 * Mega) + "ET")));
        yield return ("arrays.pdf", Encoding.Latin1.GetBytes("%PDF-1.4\n1 0 obj\n" + Repeat("[", 2 * Mega)));
        yield return ("circle.pdf", Encoding.Latin1.GetBytes("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 9999999 /Kids [2 0 R 2 0 R] /Parent 2 0 R >>\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer << /Size 3 /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF"));
    }

    private static IEnumerable<(string, byte[])> Mails()
    {
        yield return ("headers.eml", Utf8(Repeat("X-A: b\r\n", Mega) + "\r\ntext"));
        yield return ("parts.eml", Utf8(string.Concat(Enumerable.Range(0, 3_000).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n")) + "\r\nx"));
        yield return ("messages.eml", Utf8(Repeat("Content-Type: message/rfc822\r\n\r\n", 5_000) + "x"));
    }

    private static byte[] Part(string name, string content) => ZipFiles.Zip(("[Content_Types].xml", "<Types/>"), ("mimetype", "application/vnd.oasis.opendocument.text"), (name, content));

    private static byte[] Nest(byte[] inner, int depth) => depth == 0 ? inner : Nest(ZipFiles.Zip(Enumerable.Range(0, 10).Select(i => ($"{i}.zip", inner)).ToArray()), depth - 1);

    /// <summary>The unpacked size in the directory: 4 bytes at 24 of its entry.</summary>
    private static byte[] Lie(byte[] zip, int size)
    {
        BitConverter.TryWriteBytes(zip.AsSpan(zip.AsSpan().LastIndexOf("PK\x01\x02"u8) + 24), size);
        return zip;
    }

    /// <summary>A directory whose entries all point at the same packed megabytes.</summary>
    private static byte[] Overlap(int entries)
    {
        var zip = ZipFiles.Zip(("a.txt", new byte[Mega])).AsSpan();
        var (directory, end) = (zip.LastIndexOf("PK\x01\x02"u8), zip.LastIndexOf("PK\x05\x06"u8));
        var entry = zip[directory..end].ToArray();
        var bytes = new MemoryStream();
        bytes.Write(zip[..directory]);
        for (var i = 0; i < entries; i++)
        {
            bytes.Write(entry);
        }
        var tail = zip[end..].ToArray();
        BitConverter.TryWriteBytes(tail.AsSpan(8), (ushort)entries);
        BitConverter.TryWriteBytes(tail.AsSpan(10), (ushort)entries);
        BitConverter.TryWriteBytes(tail.AsSpan(12), entries * entry.Length);
        bytes.Write(tail);
        return bytes.ToArray();
    }

    private static byte[] Flate(byte[] content)
    {
        var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            stream.Write(content);
        }
        var head = $"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n"
            + $"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>\nendobj\n4 0 obj\n<< /Filter /FlateDecode /Length {packed.Length} >>\nstream\n";
        return [.. Encoding.Latin1.GetBytes(head), .. packed.ToArray(), .. "\nendstream\nendobj\ntrailer << /Size 5 /Root 1 0 R >>\n%%EOF"u8];
    }

    private static byte[] Gzip(byte[] content)
    {
        var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            stream.Write(content);
        }
        return packed.ToArray();
    }

    /// <summary>Text that packs by a little less than a hundred to one.</summary>
    private static byte[] Noise(int length, int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[length];
        Array.Fill(bytes, (byte)'a');
        for (var i = 0; i < length; i += 150)
        {
            bytes[i] = (byte)random.Next('a', 'z');
        }
        return bytes;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Repeat(string part, int count) => new StringBuilder(part.Length * count).Insert(0, part, count).ToString();
}
