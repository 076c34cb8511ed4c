using Npgsql;

namespace AiApp.Rag.Jobs;

/// <summary>The four results of a summary, in the order of <see cref="QueueStore.SummarizeAsync"/>.</summary>
internal static class QueueRows
{
    public static async Task<QueueSummary> ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        await reader.ReadAsync(ct);
        int[] counts = [.. Enumerable.Range(0, 5).Select(reader.GetInt32)];
        var (nextRetryAt, oldestQueuedAt, runningSince) = (FindInstant(reader, 5), FindInstant(reader, 6), FindInstant(reader, 7));
        var now = reader.GetFieldValue<DateTimeOffset>(8);
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        var failed = reader.GetInt32(0);
        await reader.NextResultAsync(ct);
        var pause = await reader.ReadAsync(ct)
            ? new QueuePause(reader.GetFieldValue<DateTimeOffset>(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2))
            : null;
        await reader.NextResultAsync(ct);
        var completed = new List<CompletedSlice>();
        while (await reader.ReadAsync(ct))
        {
            completed.Add(new(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt64(2)));
        }

        return new()
        {
            Interactive = counts[0],
            Normal = counts[1],
            Bulk = counts[2],
            Running = counts[3],
            Retrying = counts[4],
            NextRetryAt = nextRetryAt,
            Failed = failed,
            OldestQueuedAt = oldestQueuedAt,
            Pause = pause,
            LastMinute = QueueForecast.Rate(completed, 1),
            LastFiveMinutes = QueueForecast.Rate(completed, 5),
            LastFifteenMinutes = QueueForecast.Rate(completed, 15),
            Forecast = QueueForecast.Of(counts.Sum(), pause is not null, completed, BusySeconds(completed, runningSince, now)),
        };
    }

    /// <summary>Since the first completion in view or the start of what runs now, whichever was earlier.</summary>
    private static double BusySeconds(List<CompletedSlice> completed, DateTimeOffset? runningSince, DateTimeOffset now) => Math.Max(
        completed.Count == 0 ? 0 : (completed.Max(slice => slice.Slice) + 1) * QueueForecast.SliceSeconds,
        runningSince is { } since ? (now - since).TotalSeconds : 0);

    private static DateTimeOffset? FindInstant(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
}
