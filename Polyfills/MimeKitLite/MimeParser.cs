namespace MimeKit;

/// <summary>Cuts a mail into its parts (RFC 2046).</summary>
internal static class MimeParser
{
    // Deeper parts are content without structure.
    private const int MaxDepth = 30;

    public static MimeMessage ParseMessage(string source, int depth, CancellationToken cancellationToken)
    {
        var headers = new MimeHeaders();
        var body = headers.Read(source, 0);
        return headers.Any
            ? new MimeMessage(headers, ParseBody(headers, source[body..], depth, cancellationToken))
            : throw new FormatException("Failed to parse message headers.");
    }

    private static MimeEntity ParseBody(MimeHeaders headers, string body, int depth, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var type = headers.Value("Content-Type");
        if (depth < MaxDepth && type.StartsWith("multipart/", StringComparison.Ordinal) && headers.Parameter("Content-Type", "boundary") is { Length: > 0 } boundary)
        {
            return new Multipart(headers, [.. Split(body, "--" + boundary).Select(part => ParsePart(part, depth + 1, cancellationToken))]);
        }

        if (depth < MaxDepth && type == "message/rfc822" && new MimeHeaders() is var inner && inner.Read(body, 0) >= 0 && inner.Any)
        {
            return new MessagePart(headers, ParseMessage(body, depth + 1, cancellationToken));
        }

        return new MimePart(headers, body);
    }

    private static MimeEntity ParsePart(string part, int depth, CancellationToken cancellationToken)
    {
        var headers = new MimeHeaders();
        var body = headers.Read(part, 0);
        return ParseBody(headers, part[body..], depth, cancellationToken);
    }

    /// <summary>What stands between lines that begin with the delimiter; what stands before the first and after the last is dropped.</summary>
    private static List<string> Split(string body, string delimiter)
    {
        var parts = new List<string>();
        var start = -1;
        for (var line = 0; line < body.Length;)
        {
            var end = body.IndexOf('\n', line);
            end = end < 0 ? body.Length : end + 1;
            if (string.CompareOrdinal(body, line, delimiter, 0, delimiter.Length) == 0)
            {
                if (start >= 0)
                {
                    // The line break before a delimiter belongs to it.
                    parts.Add(body[start..Math.Max(start, line - (line > 1 && body[line - 2] == '\r' ? 2 : 1))]);
                }

                start = string.CompareOrdinal(body, line + delimiter.Length, "--", 0, 2) == 0 ? -1 : end;
                if (start < 0)
                {
                    return parts;
                }
            }

            line = end;
        }

        if (start >= 0)
        {
            parts.Add(body[start..]);
        }

        return parts;
    }
}
