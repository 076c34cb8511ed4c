using System.Globalization;
using AiApp.Contracts;
using AiApp.Web.Answers;

namespace AiApp.Web.Components.Pages.Documents.Queue;

/// <summary>The queue as people read it.</summary>
internal static class QueueWords
{
    // An interval wider than this tells nobody when to come back.
    private const double TooUneven = 6;

    public static int Waiting(QueueDto queue) => queue.Waiting.Interactive + queue.Waiting.Normal + queue.Waiting.Bulk + queue.Retrying;

    public static int Open(QueueDto queue) => Waiting(queue) + queue.Running;

    public static string Headline(QueueDto queue, DateTimeOffset now) => queue switch
    {
        { Paused: { } pause } => $"Paused since {Since(pause.Since, now)} by {pause.By}",
        { Running: > 0 } => $"Working on {AnswerText.Count(queue.Running, "document")}",
        _ when Waiting(queue) > 0 => queue.Retrying == Waiting(queue) ? "Waiting to try again" : "Waiting for a worker",
        _ => "Nothing is waiting",
    };

    /// <summary>"About 3 to 5 min left", or why nobody can say.</summary>
    public static string? Left(ForecastDto forecast) => forecast switch
    {
        { EarliestSeconds: { } earliest, LatestSeconds: { } latest } =>
            latest > TooUneven * earliest && earliest >= 1 ? $"At least {Between(earliest, earliest)} left"
            : Between(earliest, latest) is var span && span.StartsWith("up to", StringComparison.Ordinal) ? $"U{span[1..]} left" : $"About {span} left",
        { Reason: "paused" } => "Goes on when it is resumed",
        { Reason: "too_little_observed" } => "Too early to say how long it takes",
        _ => null,
    };

    /// <summary>"3 to 5 min", in the unit that suits the longer one.</summary>
    public static string Between(double earliest, double latest)
    {
        var (unit, seconds, digits) = latest switch { < 90 => ("s", 1.0, 0), < 5400 => ("min", 60, 0), _ => ("h", 3600, 1) };
        var (from, to) = (Math.Round(earliest / seconds, digits), Math.Max(digits == 0 ? 1 : 0.1, Math.Round(latest / seconds, digits)));
        return from >= to ? $"{Number(to)} {unit}" : from <= 0 ? $"up to {Number(to)} {unit}" : $"{Number(from)} to {Number(to)} {unit}";
    }

    public static string Age(DateTimeOffset instant, DateTimeOffset now) => Math.Max(0, (now - instant).TotalSeconds) switch
    {
        < 90 and var seconds => $"{Math.Floor(seconds)} s",
        < 5400 and var seconds => $"{Math.Round(seconds / 60)} min",
        < 129_600 and var seconds => $"{Math.Round(seconds / 3600)} h",
        var seconds => $"{Math.Round(seconds / 86_400)} days",
    };

    public static string PerSecond(ThroughputDto rate) => rate.DocumentsPerSecond.ToString(rate.DocumentsPerSecond < 10 ? "0.0#" : "0", CultureInfo.InvariantCulture);

    /// <summary>What somebody who does not see the page is told; null when the change does not matter.</summary>
    public static string? Announcement(QueueDto? before, QueueDto now) => (before, now) switch
    {
        (null, _) => null,
        ({ Paused: null }, { Paused: { } pause }) => $"The queue was paused by {pause.By}.",
        ({ Paused: not null }, { Paused: null }) => "The queue goes on.",
        _ when Open(before) == 0 && Open(now) > 0 => $"{AnswerText.Count(Open(now), "upload")} in the queue.",
        _ when Open(before) > 0 && Open(now) == 0 => "The queue is empty." + (now.Failed > 0 ? $" {AnswerText.Count(now.Failed, "document")} failed." : ""),
        // The first failure of a load; the others are told with its end.
        _ when before.Failed == 0 && now.Failed > 0 => $"{AnswerText.Count(now.Failed, "document")} failed.",
        _ => null,
    };

    private static string Since(DateTimeOffset instant, DateTimeOffset now) =>
        instant.UtcDateTime.ToString(instant.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm 'UTC'" : "d MMM, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
