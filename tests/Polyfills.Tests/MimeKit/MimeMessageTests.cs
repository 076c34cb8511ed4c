using System.Text;
using global::MimeKit;

namespace AiApp.Polyfills.Tests.MimeKit;

public sealed class MimeMessageTests
{
    private static MimeMessage Load(string mail) => MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(mail)));

    [Fact]
    public void Encoded_words_are_decoded_and_those_side_by_side_are_one() =>
        Assert.Equal("Grüße aus Köln", Load("Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe_?= =?iso-8859-1?Q?aus_K=F6ln?=\r\n\r\ntext").Subject);

    [Fact]
    public void A_folded_header_is_one_line() => Assert.Equal("one two", Load("Subject: one\r\n two\r\n\r\ntext").Subject);

    [Fact]
    public void The_date_keeps_its_zone() =>
        Assert.Equal(new DateTimeOffset(2024, 3, 4, 10, 0, 0, TimeSpan.FromHours(1)), Load("Date: Mon, 4 Mar 2024 10:00:00 +0100 (CET)\r\n\r\ntext").Date);

    [Fact]
    public void The_body_is_decoded_from_its_transfer_encoding_and_charset() =>
        Assert.Equal("Grüße, lang", Load("Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nGr=FC=DFe,=\r\n lang").TextBody?.Trim());

    [Fact]
    public void Alternatives_are_found_by_their_kind()
    {
        var mail = Load("Content-Type: multipart/alternative; boundary=\"a\"\r\n\r\n--a\r\nContent-Type: text/plain\r\n\r\nplain\r\n--a\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n--a--\r\n");
        Assert.Equal(("plain", "<p>html</p>"), (mail.TextBody?.Trim(), mail.HtmlBody?.Trim()));
    }

    [Fact]
    public void An_attachment_has_its_name_its_type_and_its_bytes()
    {
        var mail = Load("Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\ntext\r\n--a\r\nContent-Type: text/csv\r\n"
            + "Content-Disposition: attachment; filename*0*=utf-8''K%C3%B6ln; filename*1=.csv\r\nContent-Transfer-Encoding: base64\r\n\r\nYSxi\r\n--a--\r\n");
        var part = Assert.IsType<MimePart>(Assert.Single(mail.Attachments));
        using var bytes = new MemoryStream();
        part.Content!.DecodeTo(bytes, CancellationToken.None);
        Assert.Equal(("Köln.csv", "text/csv", "a,b"), (part.FileName, part.ContentType.MimeType, Encoding.UTF8.GetString(bytes.ToArray())));
    }
}
