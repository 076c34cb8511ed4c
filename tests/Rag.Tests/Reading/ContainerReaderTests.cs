using System.Text;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Tests.Reading.Files;

namespace AiApp.Rag.Tests.Reading;

public sealed class ContainerReaderTests
{
    [Fact]
    public void Files_of_an_archive_are_sections_under_their_names() =>
        Assert.Equal(
            ["Heading1|b/notes.md", "Heading2|Notes", "Paragraph|Text", "Heading1|c.csv", "TableRow|A: 1 | B: 2"],
            ReadAs.Read(ZipFiles.Zip(("b/notes.md", "# Notes\n\nText"), ("c.csv", "A,B\n1,2")), "a.zip").Show());

    [Fact]
    public void What_cannot_be_read_in_an_archive_is_named_with_the_reason()
    {
        var text = ReadAs.Read(ZipFiles.Zip(("a.txt", "text"), ("b.xls", "x"), ("c.docx", "not a document")), "a.zip").CanonicalText;
        Assert.Contains("b.xls\n\nThis file was not read: Old Excel files", text, StringComparison.Ordinal);
        Assert.Contains("c.docx\n\nThis file was not read: The file is damaged", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_in_an_archive_is_named_and_not_opened()
    {
        var inner = ZipFiles.Zip(("secret.txt", "deep text"));
        var text = ReadAs.Read(ZipFiles.Zip(("a.txt", Encoding.UTF8.GetBytes("text")), ("inner.zip", inner)), "a.zip").CanonicalText;
        Assert.Contains("inner.zip\n\nThis archive was not opened", text, StringComparison.Ordinal);
        Assert.DoesNotContain("deep text", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_without_anything_readable_is_refused() =>
        Assert.Equal("unsupported_media", Assert.Throws<UnreadableDocumentException>(() => ReadAs.Read(ZipFiles.Zip(("a.png", "x")), "a.zip")).Code);

    [Fact]
    public void A_mail_says_who_wrote_what_and_holds_its_attachments()
    {
        var mail = "From: =?utf-8?B?SsO8cmdlbg==?= <j@example.org>\r\nTo: a@example.org\r\nSubject: Leave\r\nDate: Mon, 4 Mar 2024 10:00:00 +0100\r\n"
            + "Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nGr=C3=BC=C3=9Fe\r\n"
            + "--x\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=\"days.csv\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + Convert.ToBase64String("Name,Days\nAnn,3"u8.ToArray()) + "\r\n--x--\r\n";
        Assert.Equal(
            [
                "Heading1|Leave", "TableRow|From: Jürgen <j@example.org> | To: a@example.org | Date: 2024-03-04 10:00 +01:00 | Subject: Leave", "Paragraph|Grüße",
                "Heading1|days.csv", "TableRow|Name: Ann | Days: 3",
            ],
            ReadAs.Read(mail, "a.eml").Show());
    }

    [Fact]
    public void A_zip_attached_to_a_mail_is_named_and_not_opened()
    {
        var mail = "Subject: Zip\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Disposition: attachment; filename=a.zip\nContent-Transfer-Encoding: base64\n\n"
            + Convert.ToBase64String(ZipFiles.Zip(("secret.txt", "deep text"))) + "\n--x--\n";
        var text = ReadAs.Read(mail, "a.eml").CanonicalText;
        Assert.Contains("a.zip\n\nThis archive was not opened", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rtf_is_read_with_its_code_page_its_unicode_and_its_tables() =>
        Assert.Equal(
            ["Paragraph|Grüße – 東", "TableRow|a | b"],
            ReadAs.Read(@"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator x;}Gr\'fc\'dfe \endash  \u26481?\par\trowd\intbl a\cell b\cell\row}", "a.rtf").Show());

    [Fact]
    public void Bytes_of_an_rtf_file_are_in_the_code_page_of_their_font() =>
        Assert.Equal("東京", ReadAs.Read(@"{\rtf1\ansi{\fonttbl{\f0 Arial;}{\f1\fcharset128 MS Mincho;}}{\f1 \'93\'8c\'8b\'9e}}", "a.rtf").CanonicalText);

    [Fact]
    public void OpenDocument_text_is_read_with_headings_lists_and_tables() =>
        Assert.Equal(
            ["Heading2|Leave", "ListItem|one", "TableRow|a | b"],
            ReadAs.Read(
                ZipFiles.Zip(
                    ("mimetype", "application/vnd.oasis.opendocument.text"),
                    ("content.xml", "<o:c xmlns:o='o' xmlns:t='t' xmlns:b='b'><t:h t:outline-level='2'>Leave</t:h><t:list><t:list-item><t:p>one</t:p></t:list-item></t:list><b:table><b:table-row><b:table-cell><t:p>a</t:p></b:table-cell><b:table-cell><t:p>b</t:p></b:table-cell></b:table-row></b:table></o:c>")),
                "a.odt").Show());
}
