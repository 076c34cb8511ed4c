using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace AiApp.Rag.Gateway.Structured.Schemas;

/// <summary>The formats of texts. A time may lack its offset from UTC, because documents do; a date with a time may not (RFC 3339).</summary>
internal static class TextFormats
{
    private static readonly Regex Time = Pattern(@"^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?\z");
    private static readonly Regex HasOffset = Pattern(@"([Zz]|[+-][0-9]{2}:[0-9]{2})\z");
    private static readonly Regex Scheme = Pattern(@"^[A-Za-z][A-Za-z0-9+.-]*:");

    // Addresses that are written in practice: no comments, no quoted names (RFC 5321 allows both).
    private static readonly Regex Email = Pattern(
        @"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\z");

    private static readonly FrozenDictionary<string, (string Words, Func<string, bool> Fits)> Known = new Dictionary<string, (string, Func<string, bool>)>
    {
        ["date"] = ("a date such as 2026-03-31", IsDate),
        ["date-time"] = ("a date and time with its offset such as 2026-03-31T08:30:00Z", IsDateTime),
        ["time"] = ("a time such as 08:30:00", text => Time.IsMatch(text)),
        ["email"] = ("an e-mail address", text => text.Length <= 254 && Email.IsMatch(text)),
        ["uri"] = ("an absolute URI such as https://example.com/a", IsUri),
        ["uuid"] = ("a UUID such as 0198c0de-7a11-7000-8000-000000000001", text => text.Length == 36 && Guid.TryParseExact(text, "D", out _)),
        ["ipv4"] = ("an IPv4 address such as 192.0.2.1", IsIpv4),
        ["ipv6"] = ("an IPv6 address such as 2001:db8::1", IsIpv6),
    }.ToFrozenDictionary();

    public static string All { get; } = string.Join(", ", Known.Keys.Order(StringComparer.Ordinal));

    public static bool IsKnown(string format) => Known.ContainsKey(format);

    public static string Say(string format) => Known[format].Words;

    public static bool Fits(string format, string text) => Known[format].Fits(text);

    private static bool IsDate(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsDateTime(string text) =>
        text.Length >= 20 && text[10] is ('T' or 't') && IsDate(text[..10]) && Time.IsMatch(text[11..]) && HasOffset.IsMatch(text);

    private static bool IsUri(string text) =>
        text.All(c => c is > ' ' and < '\x7f' and not ('<' or '>' or '"' or '{' or '}' or '|' or '\\' or '^' or '`'))
        && Scheme.IsMatch(text) && Uri.TryCreate(text, UriKind.Absolute, out _);

    // Other spellings, such as 127.1 and 0x7f.0.0.1, are read too, and written otherwise.
    private static bool IsIpv4(string text) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork && address.ToString() == text;

    private static bool IsIpv6(string text) =>
        text.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.') && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    private static Regex Pattern(string text) =>
        new(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Regex.InfiniteMatchTimeout);
}
