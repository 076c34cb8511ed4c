using AiApp.Rag.Tenants;

namespace AiApp.Rag.Sources;

/// <summary>A place outside whose items are kept as documents: added, changed and deleted as they are there.</summary>
public sealed record Source
{
    public required TenantId Tenant { get; init; }
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required SourceSettings Settings { get; init; }
    public required string Collection { get; init; }

    /// <summary>What the source URIs of its documents begin with; empty where items have addresses of their own.</summary>
    public required string Prefix { get; init; }

    /// <summary>Who may read new documents; whoever is one of them sees the source.</summary>
    public required IReadOnlyList<string> Readers { get; init; }
    public required TimeSpan Interval { get; init; }
    public required bool Enabled { get; init; }
    public required bool Removing { get; init; }
    public required bool Running { get; init; }

    /// <summary>Somebody asked for a run that has not begun.</summary>
    public required bool Requested { get; init; }

    /// <summary>So many deletions were let go, and are made by the next run.</summary>
    public int? ConfirmedDeletions { get; init; }
    public required DateTimeOffset NextRunAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required int ItemCount { get; init; }
    public SourceRun? LastRun { get; init; }
}

public sealed record NewSource
{
    public required string Name { get; init; }
    public required SourceSettings Settings { get; init; }
    public required string Collection { get; init; }
    public required Access.ReaderSet Readers { get; init; }
    public required TimeSpan Interval { get; init; }
    public required bool Enabled { get; init; }
}

/// <summary>One comparison of a source with its documents.</summary>
public sealed record SourceRun
{
    public required long Id { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Null while it runs.</summary>
    public RunOutcome? Outcome { get; init; }
    public required RunCounts Counts { get; init; }

    /// <summary>The first of them.</summary>
    public required IReadOnlyList<ItemProblem> Problems { get; init; }
}

public enum RunOutcome { Completed, Partial, Failed, Held, Interrupted }

/// <summary><paramref name="Held"/> deletions wait for a person.</summary>
public sealed record RunCounts(
    int Listed = 0, int Added = 0, int Changed = 0, int Unchanged = 0, int Deleted = 0, int Rejected = 0, int Failed = 0, int Held = 0);

/// <summary>What is the matter with one item; with the source as a whole when the item is empty.</summary>
public sealed record ItemProblem(string Item, string Code, string Reason);
