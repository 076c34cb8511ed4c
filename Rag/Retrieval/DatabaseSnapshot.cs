using System.Globalization;

namespace AiApp.Rag.Retrieval;

/// <summary>
/// Which transactions had been committed at a moment, as pg_current_snapshot() tells it: "xmin:xmax:running,running".
/// </summary>
public sealed record DatabaseSnapshot
{
    private readonly long _oldest;
    private readonly long _next;
    private readonly long[] _running;

    private DatabaseSnapshot(string text, long oldest, long next, long[] running) => (Text, _oldest, _next, _running) = (text, oldest, next, running);

    public string Text { get; }

    /// <exception cref="FormatException">The text is no snapshot.</exception>
    public static DatabaseSnapshot Parse(string text) => TryParse(text) ?? throw new FormatException("The text is not a snapshot of Postgres.");

    public static DatabaseSnapshot? TryParse(string text)
    {
        if (text.Split(':') is not [var oldest, var next, var running] || Number(oldest) is not { } from || Number(next) is not { } to)
        {
            return null;
        }
        var under = running.Length == 0 ? [] : Array.ConvertAll(running.Split(','), Number);
        return Array.TrueForAll(under, number => number is not null) ? new(text, from, to, [.. under.Select(number => number!.Value)]) : null;
    }

    /// <summary>Whether what the transaction wrote could be seen.</summary>
    public bool Sees(long transaction) => transaction < _oldest || (transaction < _next && Array.IndexOf(_running, transaction) < 0);

    public bool Equals(DatabaseSnapshot? other) => other?.Text == Text;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
