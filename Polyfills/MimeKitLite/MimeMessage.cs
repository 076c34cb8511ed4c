using System.Globalization;
using System.Text;

namespace MimeKit;

/// <summary>A mail with its headers and its tree of parts.</summary>
public sealed class MimeMessage : IDisposable
{
    private readonly MimeHeaders _headers;

    internal MimeMessage(MimeHeaders headers, MimeEntity body) => (_headers, Body) = (headers, body);

    public MimeEntity Body { get; }

    public InternetAddressList From => new(_headers.Text("From"));

    public InternetAddressList To => new(_headers.Text("To"));

    public InternetAddressList Cc => new(_headers.Text("Cc"));

    public string? Subject => _headers.Find("Subject") is null ? null : _headers.Text("Subject");

    /// <summary>The smallest value when the mail has no date.</summary>
    public DateTimeOffset Date => MailDate.Parse(_headers.Text("Date"));

    /// <summary>The first text that is no attachment; null without one.</summary>
    public string? TextBody => Body.Leaves().OfType<MimePart>().FirstOrDefault(part => part.IsBody("text/plain"))?.DecodeText();

    public string? HtmlBody => Body.Leaves().OfType<MimePart>().FirstOrDefault(part => part.IsBody("text/html"))?.DecodeText();

    public IEnumerable<MimeEntity> Attachments => Body.Leaves().Where(leaf => leaf.IsAttachment);

    /// <exception cref="FormatException">There is no header at the start.</exception>
    public static MimeMessage Load(Stream stream, CancellationToken cancellationToken = default)
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        cancellationToken.ThrowIfCancellationRequested();
        return MimeParser.ParseMessage(Encoding.Latin1.GetString(bytes.GetBuffer(), 0, (int)bytes.Length), 0, cancellationToken);
    }

    public void Dispose()
    {
    }
}

/// <summary>Addresses of one header.</summary>
public sealed class InternetAddressList
{
    private readonly string _text;

    internal InternetAddressList(string text) => _text = text;

    public override string ToString() => _text;
}

internal static class MailDate
{
    /// <summary>RFC 5322: the name of the zone in parentheses is a comment.</summary>
    public static DateTimeOffset Parse(string text)
    {
        var comment = text.IndexOf('(', StringComparison.Ordinal);
        return DateTimeOffset.TryParse(comment < 0 ? text : text[..comment], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : DateTimeOffset.MinValue;
    }
}
