using AiApp.Rag.Tenants;

namespace AiApp.Rag.Jobs;

/// <summary>A claimed job: the newest upload of one document. Whatever it writes is checked against <see cref="LeaseToken"/>.</summary>
public sealed record Job
{
    public required TenantId Tenant { get; init; }
    public required long Id { get; init; }
    public required Guid DocumentId { get; init; }

    /// <summary>This attempt's number, from 1.</summary>
    public required int Attempt { get; init; }
    public required int MaxAttempts { get; init; }
    public required Guid LeaseToken { get; init; }

    /// <summary>How far it has come, for the timeline of its document; null when nobody knows.</summary>
    public string? Stage { get; init; }
}

/// <summary>Why a job did not complete; the code is one of the closed list that the Api answers with.</summary>
public sealed record JobFailure(string Code, string Reason);
