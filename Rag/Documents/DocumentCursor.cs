using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace AiApp.Rag.Documents;

/// <summary>The last row of a page, opaque to callers; an unreadable cursor is the start of the list.</summary>
internal sealed record DocumentCursor(DateTimeOffset UpdatedAt, Guid Id)
{
    /// <summary>Later than every row, and inside Postgres's range.</summary>
    public static DocumentCursor Start => new(new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero), Guid.Empty);

    public static DocumentCursor Parse(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor) || cursor.Length > 200 || !Base64Url.IsValid(cursor))
        {
            return Start;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(':');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= Start.UpdatedAt.Ticks
            && Guid.TryParse(parts[1], out var id)
                ? new DocumentCursor(new DateTimeOffset(ticks, TimeSpan.Zero), id)
                : Start;
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{UpdatedAt.UtcTicks}:{Id:N}"));
}
