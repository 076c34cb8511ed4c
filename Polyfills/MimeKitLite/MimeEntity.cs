using System.Text;

namespace MimeKit;

/// <summary>A node of a mail's tree.</summary>
public abstract class MimeEntity
{
    private protected MimeEntity(MimeHeaders headers) => Headers = headers;

    private protected MimeHeaders Headers { get; }

    public ContentType ContentType => new(Headers.Value("Content-Type") is { Length: > 0 } type && type.Contains('/', StringComparison.Ordinal) ? type : "text/plain");

    public virtual bool IsAttachment => Headers.Value("Content-Disposition") == "attachment";

    internal abstract IEnumerable<MimeEntity> Leaves();
}

/// <summary>The kind of a part.</summary>
public sealed class ContentType
{
    internal ContentType(string mimeType) => MimeType = mimeType;

    /// <summary>In small letters, without parameters.</summary>
    public string MimeType { get; }
}

/// <summary>Several parts.</summary>
public sealed class Multipart : MimeEntity
{
    private readonly List<MimeEntity> _parts;

    internal Multipart(MimeHeaders headers, List<MimeEntity> parts)
        : base(headers) => _parts = parts;

    internal override IEnumerable<MimeEntity> Leaves() => _parts.SelectMany(part => part.Leaves());
}

/// <summary>A mail inside of a mail.</summary>
public sealed class MessagePart : MimeEntity
{
    internal MessagePart(MimeHeaders headers, MimeMessage message)
        : base(headers) => Message = message;

    public MimeMessage Message { get; }

    internal override IEnumerable<MimeEntity> Leaves() => [this];
}

/// <summary>A part with content.</summary>
public sealed class MimePart : MimeEntity
{
    internal MimePart(MimeHeaders headers, string body)
        : base(headers) => Content = new MimeContent(body, headers.Value("Content-Transfer-Encoding"));

    public IMimeContent Content { get; }

    public string? FileName => Headers.Parameter("Content-Disposition", "filename") ?? Headers.Parameter("Content-Type", "name");

    internal bool IsBody(string mimeType) => !IsAttachment && ContentType.MimeType == mimeType;

    internal string DecodeText()
    {
        using var bytes = new MemoryStream();
        Content.DecodeTo(bytes);
        return MimeHeaders.Decode(bytes.ToArray(), Headers.Parameter("Content-Type", "charset"));
    }

    internal override IEnumerable<MimeEntity> Leaves() => [this];
}

/// <summary>Content as it was sent.</summary>
public interface IMimeContent
{
    /// <summary>Writes the bytes that were meant.</summary>
    void DecodeTo(Stream stream, CancellationToken cancellationToken = default);
}

internal sealed class MimeContent(string body, string encoding) : IMimeContent
{
    public void DecodeTo(Stream stream, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        stream.Write(encoding switch
        {
            "base64" => Base64(body),
            "quoted-printable" => QuotedPrintable(body, isHeader: false),
            _ => Encoding.Latin1.GetBytes(body),
        });
    }

    /// <summary>Everything that is no letter of base64 is passed over, and so is what is left at a torn end.</summary>
    internal static byte[] Base64(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '+' or '/')
            {
                letters.Append(c);
            }
        }

        var length = letters.Length % 4 == 1 ? letters.Length - 1 : letters.Length;
        return Convert.FromBase64String(letters.ToString(0, length).PadRight((length + 3) / 4 * 4, '='));
    }

    internal static byte[] QuotedPrintable(string text, bool isHeader)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else if (text[i] == '=' && !isHeader)
            {
                // A soft line break.
                i += i + 2 < text.Length && text[i + 1] == '\r' ? 2 : 1;
            }
            else
            {
                bytes.Add(text[i] == '_' && isHeader ? (byte)' ' : (byte)text[i]);
            }
        }

        return [.. bytes];
    }
}
