using System.Globalization;
using AiApp.Contracts;

namespace AiApp.Cli;

/// <summary>The queue as people read it.</summary>
internal static class QueueText
{
    public static async Task WriteAsync(QueueDto queue, DateTimeOffset now, Terminal terminal)
    {
        var waiting = queue.Waiting;
        if (queue.Paused is { } pause)
        {
            await terminal.Out.WriteLineAsync(terminal.Bold($"paused since {At(pause.Since)} by {Terminal.OneLine(pause.By)}")
                + (pause.Reason is { } reason ? $": {Terminal.OneLine(reason)}" : ""));
        }
        await terminal.Out.WriteLineAsync(
            $"{waiting.Interactive + waiting.Normal + waiting.Bulk} waiting ({waiting.Interactive} interactive, {waiting.Normal} normal, {waiting.Bulk} bulk), "
            + $"{queue.Running} running, {queue.Retrying} retrying, {queue.Failed} failed");
        if (queue.OldestQueuedAt is { } oldest)
        {
            await terminal.Out.WriteLineAsync($"oldest waits for {Span((now - oldest).TotalSeconds)}"
                + (queue.NextRetryAt is { } next ? $", next retry in {Span((next - now).TotalSeconds)}" : ""));
        }
        await terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"documents/s {queue.LastMinute.DocumentsPerSecond:0.00} {queue.LastFiveMinutes.DocumentsPerSecond:0.00} {queue.LastFifteenMinutes.DocumentsPerSecond:0.00}, "
            + $"chunks/s {queue.LastMinute.ChunksPerSecond:0} {queue.LastFiveMinutes.ChunksPerSecond:0} {queue.LastFifteenMinutes.ChunksPerSecond:0} (1, 5, 15 min)"));
        await terminal.Out.WriteLineAsync(Forecast(queue.Forecast));
    }

    private static string Forecast(ForecastDto forecast) => forecast switch
    {
        { Seconds: { } middle, EarliestSeconds: { } earliest, LatestSeconds: { } latest } =>
            $"done in about {Span(middle)} (80 %: {Span(earliest)} to {Span(latest)})",
        { Reason: "idle" } => "nothing to do",
        { Reason: "paused" } => "no forecast while paused",
        _ => "no forecast yet: too little was observed",
    };

    private static string At(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Span(double seconds) => Math.Max(0, seconds) switch
    {
        < 90 and var s => $"{Math.Round(s)} s",
        < 5400 and var s => $"{Math.Round(s / 60)} min",
        var s => string.Create(CultureInfo.InvariantCulture, $"{s / 3600:0.0} h"),
    };
}
