using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MimeKit;

/// <summary>The headers of a message or a part; texts are those of the bytes as Latin-1 until they are decoded.</summary>
internal sealed partial class MimeHeaders
{
    private readonly List<(string Name, string Value)> _headers = [];

    static MimeHeaders() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Reads up to the empty line and returns where the body begins.</summary>
    public int Read(string source, int start)
    {
        var position = start;
        while (position < source.Length)
        {
            var end = source.IndexOf('\n', position);
            end = end < 0 ? source.Length : end;
            var line = source[position..end].TrimEnd('\r');
            position = Math.Min(source.Length, end + 1);
            if (line.Length == 0)
            {
                break;
            }

            if (line[0] is ' ' or '\t' && _headers.Count > 0)
            {
                _headers[^1] = (_headers[^1].Name, _headers[^1].Value + " " + line.Trim());
            }
            else if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                _headers.Add((line[..colon].Trim(), line[(colon + 1)..].Trim()));
            }
        }

        return position;
    }

    public bool Any => _headers.Count > 0;

    public string? Find(string name) => _headers.Find(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>For people: with encoded words decoded (RFC 2047).</summary>
    public string Text(string name)
    {
        var raw = Find(name) ?? "";
        var joined = Between().Replace(raw, "?==?");
        return EncodedWord().Replace(Decode(Encoding.Latin1.GetBytes(joined), null), word => DecodeWord(word.Groups["charset"].Value, word.Groups["kind"].Value, word.Groups["text"].Value));
    }

    /// <summary>Without parameters, in small letters.</summary>
    public string Value(string name) => (Find(name) ?? "").Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>A parameter, also one in numbered pieces or with a charset (RFC 2231); null without it.</summary>
    public string? Parameter(string header, string parameter)
    {
        var pieces = new SortedDictionary<int, string>();
        var isExtended = false;
        foreach (Match match in ParameterPattern().Matches(Find(header) ?? ""))
        {
            var name = match.Groups["name"].Value.Split('*');
            if (name[0].Equals(parameter, StringComparison.OrdinalIgnoreCase))
            {
                isExtended |= match.Groups["name"].Value.EndsWith('*');
                var value = match.Groups["quoted"].Success ? match.Groups["quoted"].Value.Replace("\\", "", StringComparison.Ordinal) : match.Groups["plain"].Value;
                pieces.TryAdd(name.Length > 1 && int.TryParse(name[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0, value);
            }
        }

        var whole = string.Concat(pieces.Values);
        if (pieces.Count == 0)
        {
            return null;
        }

        return isExtended && whole.Split('\'', 3) is [var charset, _, var escaped]
            ? Decode(MimeContent.QuotedPrintable(escaped.Replace('%', '='), isHeader: false), charset)
            : EncodedWord().Replace(Decode(Encoding.Latin1.GetBytes(whole), null), word => DecodeWord(word.Groups["charset"].Value, word.Groups["kind"].Value, word.Groups["text"].Value));
    }

    /// <summary>Without a charset that is known: UTF-8 if it is, else Windows-1252.</summary>
    public static string Decode(byte[] bytes, string? charset)
    {
        try
        {
            return Encoding.GetEncoding(charset ?? "utf-8", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetString(bytes);
        }
        catch (Exception unknown) when (unknown is ArgumentException)
        {
            return Encoding.GetEncoding("windows-1252").GetString(bytes);
        }
    }

    private static string DecodeWord(string charset, string kind, string text) =>
        Decode(kind is "b" or "B" ? MimeContent.Base64(text) : MimeContent.QuotedPrintable(text, isHeader: true), charset.Split('*')[0]);

    [GeneratedRegex(@"\?=\s+=\?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Between();

    [GeneratedRegex(@"=\?(?<charset>[^?\s]{1,40})\?(?<kind>[bBqQ])\?(?<text>[^?]*)\?=", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@";\s*(?<name>[\w*-]+)\s*=\s*(?:""(?<quoted>(?:[^""\\]|\\.)*)""|(?<plain>[^;\s]*))", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParameterPattern();
}
