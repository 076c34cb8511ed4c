using System.Globalization;

namespace AiApp.Web.Components.Pages.Operations;

/// <summary>
/// The range of time that every page of operations looks at, as their addresses carry it: one of a few names that end now, or from an
/// instant up to another.
/// </summary>
public sealed record ViewedRange(string Name, DateTimeOffset From, DateTimeOffset To)
{
    public const string Own = "own";
    private const string Default = "24h";
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Name, words and length of those that end now.</summary>
    public static readonly IReadOnlyList<(string Name, string Words, TimeSpan Length)> Named =
    [
        ("1h", "1 hour", TimeSpan.FromHours(1)), (Default, "24 hours", TimeSpan.FromHours(24)), ("7d", "7 days", TimeSpan.FromDays(7)),
        ("30d", "30 days", TimeSpan.FromDays(30)),
    ];

    /// <summary>Whether it goes on.</summary>
    public bool EndsNow => Name != Own;

    /// <summary>What an address says; the last 24 hours when that is nothing or nonsense.</summary>
    public static ViewedRange Read(string? name, string? from, string? to, DateTimeOffset now)
    {
        if (Instant(from) is { } begin && Instant(to) is { } end && begin < end)
        {
            return new(Own, begin, end);
        }
        var (known, _, length) = Named.FirstOrDefault(range => range.Name == name, Named.First(range => range.Name == Default));
        return new(known, now - length, now);
    }

    /// <summary>An address of this range, with what else it says.</summary>
    public string Link(string page, params IEnumerable<(string Name, string? Value)> others)
    {
        var range = EndsNow
            ? Name == Default ? [] : new (string, string?)[] { ("range", Name) }
            : [("from", Text(From)), ("to", Text(To))];
        var query = string.Join('&', range.Concat(others).Where(pair => !string.IsNullOrEmpty(pair.Item2)).Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2!)}"));
        return query.Length > 0 ? $"{page}?{query}" : page;
    }

    public static ViewedRange Between(DateTimeOffset from, DateTimeOffset to) => new(Own, from, to);

    public string Words => EndsNow
        ? $"the last {Named.First(range => range.Name == Name).Words}"
        : string.Create(CultureInfo.InvariantCulture, $"{From.UtcDateTime:d MMM yyyy, HH:mm} to {To.UtcDateTime:d MMM yyyy, HH:mm} UTC");

    /// <summary>As the field of a form has it.</summary>
    public static string Field(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
        && at.Year is >= 2000 and <= 2999 ? at : null;
}
