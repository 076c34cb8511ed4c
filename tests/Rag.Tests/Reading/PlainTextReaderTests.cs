using System.Text;
using AiApp.Rag.Ingestion.Reading;

namespace AiApp.Rag.Tests.Reading;

public sealed class PlainTextReaderTests
{
    [Fact]
    public void Paragraphs_are_apart_by_empty_lines_and_plain_headings_are_seen()
    {
        var document = ReadAs.Plain("Guide\r\n=====\r\nFirst line\r\nsecond line.\r\n\r\n\r\nSAFETY RULES\r\n\r\n- wear gloves\r\n- no food\r\n");
        Assert.Equal(
            ["Heading1|Guide", "Paragraph|First line second line.", "Heading2|SAFETY RULES", "ListItem|wear gloves", "ListItem|no food"],
            document.Show());
        Assert.Equal("Guide", document.Title);
    }

    public static TheoryData<string, byte[]> Encodings() => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes("Grüße, 東京 😀") },
        { "UTF-8 with a mark", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes("Grüße, 東京 😀")] },
        { "UTF-16 LE", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("Grüße, 東京 😀")] },
        { "UTF-16 BE", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes("Grüße, 東京 😀")] },
        { "UTF-32", [.. Encoding.UTF32.Preamble, .. Encoding.UTF32.GetBytes("Grüße, 東京 😀")] },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void The_encoding_is_found(string name, byte[] bytes)
    {
        Assert.NotEmpty(name);
        Assert.Equal("Grüße, 東京 😀", ReadAs.Read(bytes, "a.txt").CanonicalText);
    }

    [Fact]
    public void What_is_not_utf8_is_windows_1252() =>
        Assert.Equal("Grüße für 5 €", ReadAs.Read([0x47, 0x72, 0xFC, 0xDF, 0x65, 0x20, 0x66, 0xFC, 0x72, 0x20, 0x35, 0x20, 0x80], "a.txt").CanonicalText);

    [Fact]
    public void Nul_lone_surrogates_and_controls_do_not_reach_the_text_and_the_rest_is_composed()
    {
        var document = ReadAs.Read([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("a\0b\u0007 e\u0301 "), 0x00, 0xD8, .. Encoding.Unicode.GetBytes("!")], "a.txt");
        Assert.Equal("ab \u00e9 \uFFFD!", document.CanonicalText);
        document.AssertBlocksAreInOrder();
    }

    [Theory]
    [InlineData(new byte[] { 0x47, 0x49, 0x46, 0x38, 1, 2, 3, 4 })]
    [InlineData(new byte[] { 0x89, 0x50, 0, 0, 0, 1, 2, 3 })]
    public void Binary_content_is_unsupported_whatever_its_name(byte[] bytes) =>
        Assert.Equal("unsupported_media", Assert.Throws<UnreadableDocumentException>(() => ReadAs.Read(bytes, "a.md")).Code);

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t ")]
    public void A_document_without_text_says_so(string text) =>
        Assert.Contains("no text", Assert.Throws<UnreadableDocumentException>(() => ReadAs.Plain(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("picture.png", "text/plain", false)]
    [InlineData("report.pdf", "text/plain", true)]
    [InlineData("README", "text/markdown; charset=utf-8", true)]
    [InlineData("https://example.org/page", "text/html", true)]
    [InlineData("notes.MD", "application/octet-stream", true)]
    [InlineData("README", "application/octet-stream", false)]
    public void The_name_decides_before_the_declared_type(string name, string declared, bool readable) =>
        Assert.Equal(readable, MediaTypes.TryResolve(name, declared, out _));
}
