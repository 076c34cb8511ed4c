using System.Text;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Tests.Reading.Files;

namespace AiApp.Rag.Tests.Reading;

/// <summary>Files made to harm whoever opens them end in a refusal with a reason, soon and in little memory.</summary>
public sealed class HostileFileTests
{
    private static UnreadableDocumentException Refuse(byte[] bytes, string name) => Assert.Throws<UnreadableDocumentException>(() => ReadAs.Read(bytes, name));

    [Fact]
    public void An_archive_that_unpacks_to_a_hundred_times_its_size_is_too_large() =>
        Assert.Equal("too_large", Refuse(ZipFiles.Zip(("a.txt", new byte[20_000_000])), "a.zip").Code);

    [Fact]
    public void Small_bombs_side_by_side_are_too_large_together() =>
        Assert.Equal("too_large", Refuse(ZipFiles.Zip([.. Enumerable.Range(0, 30).Select(i => ($"{i}.txt", new byte[900_000]))]), "a.zip").Code);

    [Fact]
    public void Too_many_entries_are_too_large() =>
        Assert.Equal("too_large", Refuse(ZipFiles.Zip([.. Enumerable.Range(0, 2001).Select(i => ($"{i}.txt", "x"))]), "a.zip").Code);

    [Fact]
    public void An_entry_that_lies_about_its_size_is_not_believed()
    {
        var bytes = ZipFiles.Zip(("a.txt", new byte[20_000_000]));
        var directory = bytes.AsSpan().LastIndexOf("PK\x01\x02"u8);
        // Both sizes in the directory: 4 bytes at 20 for packed and at 24 for unpacked.
        BitConverter.TryWriteBytes(bytes.AsSpan(directory + 24), 100);
        Assert.NotEmpty(Refuse(bytes, "a.zip").Message);
    }

    [Fact]
    public void Names_that_climb_out_are_only_labels() =>
        Assert.Equal(["Heading1|../../etc/cron.d/x.txt", "Paragraph|text"], ReadAs.Read(ZipFiles.Zip(("../../etc/cron.d/x.txt", "text")), "a.zip").Show());

    [Fact]
    public void Billions_of_laughs_are_not_expanded()
    {
        var entities = "<!DOCTYPE w [<!ENTITY a 'ha'>" + string.Concat(Enumerable.Range('b', 10).Select(c => $"<!ENTITY {(char)c} '&{(char)(c - 1)};&{(char)(c - 1)};'>")) + "]>";
        var bytes = ZipFiles.Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", entities + "<document><p><t>&k;</t></p></document>"));
        Assert.Equal("poison_document", Refuse(bytes, "a.docx").Code);
    }

    [Fact]
    public void Entities_from_elsewhere_are_not_fetched()
    {
        var bytes = ZipFiles.Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<!DOCTYPE w [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><document><p><t>&a;</t></p></document>"));
        Assert.Equal("poison_document", Refuse(bytes, "a.docx").Code);
    }

    [Fact]
    public void Deep_xml_is_nested_too_deeply() =>
        Assert.Contains("nested", Refuse(ZipFiles.Docx(string.Concat(Enumerable.Repeat("<a>", 10_000)) + string.Concat(Enumerable.Repeat("</a>", 10_000))), "a.docx").Message, StringComparison.Ordinal);

    [Fact]
    public void One_long_string_in_a_million_cells_is_too_large()
    {
        var row = "<row>" + string.Concat(Enumerable.Range(0, 900).Select(i => $"<c t='s'><v>{i % 3}</v></c>")) + "</row>";
        var strings = string.Concat(Enumerable.Repeat("<si><t>" + new string('x', 30_000) + "</t></si>", 3));
        Assert.Equal("too_large", Refuse(ZipFiles.Xlsx(row + row, ("xl/sharedStrings.xml", $"<sst>{strings}</sst>")), "a.xlsx").Code);
    }

    [Theory]
    [InlineData("a.docx")]
    [InlineData("a.md")]
    [InlineData("README")]
    public void Content_decides_over_the_name(string name) => Assert.Equal("Hello there.", ReadAs.Read(PdfFile.Of("Hello there."), name).CanonicalText);

    [Fact]
    public void A_document_behind_a_password_is_called_so() =>
        Assert.Equal("encrypted_document", Refuse([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. Encoding.Unicode.GetBytes("EncryptedPackage")], "a.docx").Code);

    [Theory]
    [InlineData("WordDocument", ".docx")]
    [InlineData("Workbook", ".xlsx")]
    [InlineData("PowerPoint Document", ".pptx")]
    public void Old_office_files_are_refused_with_what_to_do(string stream, string advice) =>
        Assert.Contains(advice, Refuse([0xD0, 0xCF, 0x11, 0xE0, .. Encoding.Unicode.GetBytes(stream)], "a.pdf").Message, StringComparison.Ordinal);

    [Fact]
    public void Torn_office_files_are_damaged()
    {
        var whole = ZipFiles.Docx("<w:p><w:r><w:t>text</w:t></w:r></w:p>");
        for (var length = 4; length < whole.Length; length += 7)
        {
            Assert.Contains(Refuse(whole[..length], "a.docx").Code, new[] { "poison_document", "unsupported_media" });
        }
    }

    [Fact]
    public void Flipped_bytes_are_a_refusal_or_a_document_and_nothing_else()
    {
        var random = new Random(7);
        byte[][] files = [ZipFiles.Docx("<w:p><w:r><w:t>text</w:t></w:r></w:p>"), ZipFiles.Xlsx("<row><c><v>1</v></c></row>"), @"{\rtf1\ansi Gr\'fc\par\u26481?\trowd a\cell\row}"u8.ToArray()];
        for (var i = 0; i < 1500; i++)
        {
            var bytes = files[i % files.Length].ToArray();
            for (var flips = random.Next(1, 6); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                ReadAs.Read(bytes, "a.rtf");
            }
            catch (UnreadableDocumentException refused)
            {
                Assert.NotEmpty(refused.Message);
            }
        }
    }

    [Fact]
    public void Cancelling_is_no_failure_of_the_document() =>
        Assert.Throws<OperationCanceledException>(() => new DocumentReaders(DocumentReaders.All).Read(ZipFiles.Docx("<p/>"), "a.docx", "", new CancellationToken(canceled: true)));
}
