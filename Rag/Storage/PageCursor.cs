using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace AiApp.Rag.Storage;

/// <summary>The last row of a page, opaque to callers; an unreadable cursor is the start of the list.</summary>
internal sealed record PageCursor(DateTimeOffset At, Guid Id)
{
    /// <summary>Later than every row, and inside Postgres's range.</summary>
    public static PageCursor Start => new(new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero), Guid.Empty);

    public static PageCursor Parse(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor) || cursor.Length > 200 || !Base64Url.IsValid(cursor))
        {
            return Start;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(':');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= Start.At.Ticks
            && Guid.TryParse(parts[1], out var id)
                ? new PageCursor(new DateTimeOffset(ticks, TimeSpan.Zero), id)
                : Start;
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{At.UtcTicks}:{Id:N}"));
}
