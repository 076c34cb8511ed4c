using System.Globalization;
using AiApp.Contracts;
using AiApp.Web.Answers;
using AiApp.Web.Components.Pages.Documents;
using AiApp.Web.Components.Pages.Documents.Queue;

namespace AiApp.Web.Components.Pages.Sources;

/// <summary>Sources as people read them.</summary>
internal static class SourceWords
{
    // A worker looks for due sources every second: later than this none is there.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static string Kind(string kind) => kind switch
    {
        "folder" => "Folder",
        "git" => "Git repository",
        "web" => "Web pages",
        "azure_blob" => "Azure container",
        _ => kind,
    };

    /// <summary>What is listed, in one line; secrets are named and never held.</summary>
    public static string Place(SourceDto source) => source switch
    {
        { Folder: { } folder } => folder.Path,
        { Git: { } git } => $"{git.Repository}{(git.Branch is null ? "" : $", branch {git.Branch}")}{(git.Folder is null ? "" : $", below {git.Folder}")}",
        { Web: { } web } => Addresses([.. web.Sitemaps ?? [], .. web.Urls ?? []]),
        { AzureBlob: { } blob } => $"{blob.Container}{(blob.AccountUrl is null ? "" : $" at {blob.AccountUrl}")}{(blob.Prefix is null ? "" : $", below {blob.Prefix}")}",
        _ => "",
    };

    /// <summary>A word for the look of it, and the words for people.</summary>
    public static (string Look, string Words) State(SourceDto source) => source switch
    {
        { State: SourceStates.Removing } => ("working", "Being removed"),
        { State: SourceStates.Running } => ("working", "Running"),
        { Requested: true } => ("waiting", "Waiting to run"),
        { State: SourceStates.Held } => ("held", "Waits for you"),
        { Enabled: false } => ("paused", "Paused"),
        { LastRun: null } => ("waiting", "Waiting to run"),
        { LastRun.Outcome: "completed" } => ("completed", "Up to date"),
        { LastRun.Outcome: "partial" } => ("partial", "Partly up to date"),
        { LastRun.Outcome: "failed" } => ("failed", "Last run failed"),
        { LastRun.Outcome: { } outcome } => (outcome, Outcome(outcome)),
        _ => ("waiting", "Waiting to run"),
    };

    public static string Outcome(string? outcome) => outcome switch
    {
        "completed" => "Completed",
        "partial" => "Partly completed",
        "failed" => "Failed",
        "held" => "Deletions held",
        "interrupted" => "Interrupted",
        null => "Running",
        _ => outcome,
    };

    /// <summary>What an outcome means for whoever looks after the source.</summary>
    public static string Meaning(SourceRunDto run) => run.Outcome switch
    {
        null => "Under way. What it has taken in counts already.",
        "completed" => run.Rejected == 0 ? "Everything was listed and taken in." : "Everything was listed. What cannot become a document was skipped, with the reason.",
        "partial" => "Some items could not be read, or the listing broke off. What failed stays as it was and is tried again with the next run.",
        "failed" => "Nothing could be listed, and nothing was changed. It is tried again by itself, soon at first and then more rarely.",
        "held" => "Everything was taken in. The deletions look like an accident, and wait for a person.",
        "interrupted" => "The worker was stopped, or the database was away. The run is made again by itself.",
        _ => "",
    };

    public static string Schedule(SourceDto source) => $"Every {Interval(source.IntervalSeconds)}";

    public static string Interval(int seconds) => seconds switch
    {
        _ when seconds % 86_400 == 0 => AnswerText.Count(seconds / 86_400, "day"),
        _ when seconds % 3_600 == 0 => AnswerText.Count(seconds / 3_600, "hour"),
        _ when seconds % 60 == 0 => $"{(seconds / 60).ToString("N0", CultureInfo.InvariantCulture)} min",
        _ => $"{seconds.ToString("N0", CultureInfo.InvariantCulture)} s",
    };

    /// <summary>When it runs next, or why that cannot be said.</summary>
    public static string Next(SourceDto source, DateTimeOffset now) => source switch
    {
        { State: SourceStates.Running } => source.Requested ? "Once more, right after this run" : "Running now",
        { State: SourceStates.Removing } => "–",
        { Enabled: false, Requested: false } => "When it is resumed",
        _ when source.NextRunAt < now - Patience => "Due: no worker has taken it yet",
        _ when source.Requested || source.NextRunAt <= now => "Any moment",
        _ => $"In {QueueWords.Age(now, source.NextRunAt)}",
    };

    /// <summary>"2 added, 1 changed, 3 deleted"; what nothing happened to is not named.</summary>
    public static string Counts(SourceRunDto run)
    {
        var parts = new[]
        {
            (run.Added, "added"), (run.Changed, "changed"), (run.Deleted, "deleted"), (run.Rejected, "skipped"), (run.Failed, "failed"), (run.Held, "held"),
        }.Where(part => part.Item1 > 0).Select(part => $"{Number(part.Item1)} {part.Item2}").ToList();
        return parts.Count > 0 ? string.Join(", ", parts)
            : run.Outcome is "failed" or "interrupted" || (run.Outcome is null && run.Listed == 0) ? ""
            : run.Listed == 0 ? "nothing there"
            : $"nothing new in {AnswerText.Count(run.Listed, "item")}";
    }

    /// <summary>"Deletions held, 2 min ago".</summary>
    public static string Last(SourceRunDto run, DateTimeOffset now) =>
        run.FinishedAt is { } finished ? $"{Outcome(run.Outcome)}, {DocumentWords.Ago(finished, now)}" : "Under way";

    public static string Held(int deletions, int documents) => deletions >= documents
        ? $"{(documents == 1 ? "Its only document is" : $"All of its {AnswerText.Count(documents, "document")} are")} gone from the source."
        : $"{Number(deletions)} of its {AnswerText.Count(documents, "document")} {(deletions == 1 ? "is" : "are")} gone from the source.";

    /// <summary>What a run found gone, as far as its report names it.</summary>
    public static IReadOnlyList<string> Gone(SourceRunDto run) => [.. run.Problems.Where(problem => problem.Code == "held").Select(problem => problem.Item)];

    /// <summary>What somebody who does not see the page is told; null when the change does not matter.</summary>
    public static string? Announcement(SourceDto? before, SourceDto now)
    {
        var (was, run) = (before?.LastRun, now.LastRun);
        if (before is null || run is null || (was?.Id == run.Id && was.Outcome == run.Outcome))
        {
            return null;
        }
        return run.Outcome is null
            ? $"{now.Name} is running."
            : $"{now.Name}: {Outcome(run.Outcome).ToLowerInvariant()}{(Counts(run) is { Length: > 0 } counts ? $", {counts}" : "")}.";
    }

    public static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Addresses(IReadOnlyList<string> addresses) => addresses.Count switch
    {
        0 => "",
        1 => addresses[0],
        _ => $"{addresses[0]} and {AnswerText.Count(addresses.Count - 1, "other")}",
    };
}
