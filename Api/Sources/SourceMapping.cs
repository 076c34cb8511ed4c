using AiApp.Contracts;
using AiApp.Rag.Sources;

namespace AiApp.Api.Sources;

internal static class SourceMapping
{
    public static SourceDto ToDto(this Source source) => new()
    {
        Id = source.Id,
        Name = source.Name,
        Kind = source.Settings.Kind,
        Collection = source.Collection,
        Readers = source.Readers,
        IntervalSeconds = (int)source.Interval.TotalSeconds,
        Enabled = source.Enabled,
        State = source switch
        {
            { Removing: true } => SourceStates.Removing,
            { Running: true } => SourceStates.Running,
            { LastRun.Counts.Held: > 0 } => SourceStates.Held,
            { Enabled: false } => SourceStates.Disabled,
            _ => SourceStates.Idle,
        },
        Requested = source.Requested,
        ConfirmedDeletions = source.ConfirmedDeletions,
        NextRunAt = source.NextRunAt,
        CreatedAt = source.CreatedAt,
        DocumentCount = source.ItemCount,
        LastRun = source.LastRun?.ToDto(),
        Folder = source.Settings is FolderSettings folder ? new() { Path = folder.Path } : null,
        Git = (source.Settings as GitSettings)?.ToDto(),
        Web = source.Settings is WebSettings web
            ? new() { Urls = web.Urls, Sitemaps = web.Sitemaps, Hosts = web.Hosts, MaxPages = web.MaxPages }
            : null,
        AzureBlob = source.Settings is AzureBlobSettings blob
            ? new() { AccountUrl = blob.AccountUrl, Container = blob.Container, Prefix = blob.Prefix, Secret = blob.Secret }
            : null,
    };

    public static SourceRunDto ToDto(this SourceRun run) => new()
    {
        Id = run.Id,
        StartedAt = run.StartedAt,
        FinishedAt = run.FinishedAt,
        Outcome = run.Outcome switch
        {
            RunOutcome.Completed => "completed",
            RunOutcome.Partial => "partial",
            RunOutcome.Failed => "failed",
            RunOutcome.Held => "held",
            RunOutcome.Interrupted => "interrupted",
            null => null,
        },
        Listed = run.Counts.Listed,
        Added = run.Counts.Added,
        Changed = run.Counts.Changed,
        Unchanged = run.Counts.Unchanged,
        Deleted = run.Counts.Deleted,
        Rejected = run.Counts.Rejected,
        Failed = run.Counts.Failed,
        Held = run.Counts.Held,
        Problems = [.. run.Problems.Select(problem => new SourceProblemDto { Item = problem.Item, Code = problem.Code, Reason = problem.Reason })],
    };

    private static GitSourceDto ToDto(this GitSettings git) => new()
    {
        Repository = git.Repository,
        Branch = git.Branch,
        Folder = git.Folder,
        Include = git.Include,
        Exclude = git.Exclude,
        Secret = git.Secret,
    };
}
