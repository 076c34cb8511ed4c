using System.Globalization;
using AiApp.Rag.Ingestion.Reading.Archives;
using MimeKit;

namespace AiApp.Rag.Ingestion.Reading.Mail;

/// <summary>A mail: who wrote it to whom and when, what it says, and its attachments as sections.</summary>
internal sealed class MailReader : IDocumentReader
{
    public string Version => "mail-1";
    private const int MaxAttachments = 200;

    public bool CanRead(string mediaType) => mediaType == MediaTypes.Eml;

    public ReadDocument Read(DocumentFile file, CancellationToken ct)
    {
        using var message = MimeMessage.Load(new MemoryStream(file.Bytes.ToArray(), writable: false), ct);
        var text = new CanonicalTextBuilder();
        WriteHead(message, text);
        if (message.HtmlBody is { } html)
        {
            HtmlBlocks.WriteFragment(html, text, ct);
        }
        else
        {
            PlainTextReader.Write(message.TextBody ?? "", text, ct);
        }

        var parts = new InnerFiles(file) { Text = text };
        foreach (var attachment in message.Attachments.Take(MaxAttachments))
        {
            Write(attachment, parts, ct);
        }

        return text.ToDocument(message.Subject, file.SourceUri, Version);
    }

    private static void WriteHead(MimeMessage message, CanonicalTextBuilder text)
    {
        if (!string.IsNullOrWhiteSpace(message.Subject))
        {
            text.Heading(message.Subject, 1);
        }

        var date = message.Date == DateTimeOffset.MinValue ? "" : message.Date.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);
        var head = new[] { ("From", message.From.ToString()), ("To", message.To.ToString()), ("Cc", message.Cc.ToString()), ("Date", date), ("Subject", message.Subject ?? "") };
        var group = text.NewGroup();
        text.TableRow([.. head.Select(line => line.Item1)], [.. head.Select(line => line.Item2)], group);
    }

    private static void Write(MimeEntity attachment, InnerFiles parts, CancellationToken ct)
    {
        switch (attachment)
        {
            case MimePart part:
                parts.Add(part.FileName is { Length: > 0 } name ? name : "attachment", part.ContentType.MimeType, () => Decode(part, ct), ct);
                break;
            case MessagePart { Message: { } inner }:
                parts.Text.Heading(inner.Subject is { Length: > 0 } subject ? subject : "attached mail", 1);
                parts.Text.Paragraph(inner.TextBody ?? "");
                break;
        }
    }

    private static ReadOnlyMemory<byte> Decode(MimePart part, CancellationToken ct)
    {
        var bytes = new MemoryStream();
        part.Content?.DecodeTo(bytes, ct);
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }
}
