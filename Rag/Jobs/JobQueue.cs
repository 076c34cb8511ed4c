using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AiApp.Rag.Jobs;

/// <summary>
/// The queue, at-least-once: a job is held by a lease and changed only by whoever knows the lease's token. Methods that
/// return false found that the lease is gone, which is no fault of the caller: the job belongs to another worker or attempt.
/// </summary>
public sealed class JobQueue(NpgsqlDataSource database, IOptions<JobsOptions> options)
{
    // Text of this size has about as many chunks as one call of a model takes.
    private const long SmallBytes = 64 * 1024;

    private readonly JobsOptions _options = options.Value;
    private readonly TenantTurns _turns = new();

    /// <summary>
    /// The next job that is due, or null. From one tenant after the other, whatever each has waiting; of a tenant by class, and every
    /// fourth time what has been due longest. Nothing of a tenant that is paused.
    /// </summary>
    public async Task<Job?> ClaimAsync(CancellationToken ct)
    {
        var last = _turns.Last;
        var job = await ClaimBehindAsync(last, ct) ?? (last > 0 ? await ClaimBehindAsync(0, ct) : null);
        _turns.Note(job?.Tenant);
        return job;
    }

    /// <summary>
    /// The next job that is due and what can be worked on together with it: small uploads of its tenant and class. A claim takes
    /// its turn once, whatever comes with it; what is small is soon done.
    /// </summary>
    public async Task<IReadOnlyList<Job>> ClaimGroupAsync(CancellationToken ct)
    {
        if (await ClaimAsync(ct) is not { } first)
        {
            return [];
        }

        try
        {
            return [first, .. await ClaimMoreAsync(first, ct)];
        }
        catch (NpgsqlException) when (!ct.IsCancellationRequested)
        {
            // The first is ours already, and its worker meets the same outage.
            return [first];
        }
    }

    /// <summary>The ids of those jobs that are still held, without renewing them: cheap enough to ask every second.</summary>
    public async Task<IReadOnlySet<long>> ListHeldAsync(IReadOnlyCollection<Job> jobs, CancellationToken ct)
    {
        await using var command = database.Statement(JobSql.ListHeld, Keys(jobs));
        return await ReadIdsAsync(command, ct);
    }

    /// <summary>Extends the leases and returns the ids of those jobs that are still held.</summary>
    public async Task<IReadOnlySet<long>> RenewAsync(IReadOnlyCollection<Job> jobs, CancellationToken ct)
    {
        await using var command = database.Statement(JobSql.Renew, [.. Keys(jobs), _options.Lease]);
        return await ReadIdsAsync(command, ct);
    }

    /// <summary>Gives an unfinished job back at once, as if it had not been claimed.</summary>
    public Task<bool> ReleaseAsync(Job job, CancellationToken ct) =>
        ChangeAsync(job, JobSql.Retry, null, ct, TimeSpan.Zero, false, null);

    /// <summary>An outage stopped the job: it runs again after a short pause, and the attempt does not count.</summary>
    public Task<bool> PostponeAsync(Job job, string code, TimeSpan pause, CancellationToken ct) =>
        ChangeAsync(job, JobSql.Retry, null, ct, pause, false, code);

    /// <summary>The attempt failed: the job runs again after a growing pause, and is discarded after its last attempt.</summary>
    public Task<bool> RetryAsync(Job job, JobFailure failure, CancellationToken ct) =>
        job.Attempt < job.MaxAttempts
            ? ChangeAsync(job, JobSql.Retry, failure.Reason, ct, JobBackoff.AfterFailure(job.Attempt, Random.Shared.NextDouble()), true, failure.Code)
            : DiscardAsync(job, failure, ct);

    /// <summary>What the job ran in has crashed: it runs again at once, and is discarded after as many crashes as it may cause.</summary>
    public async Task<bool> CrashAsync(Job job, CancellationToken ct) =>
        await ChangeAsync(job, JobSql.Rescue, null, ct, true, _options.MaxCrashes)
        || await DiscardAsync(job, new(FailureCodes.PoisonDocument, $"{_options.MaxCrashes} processes stopped while they read this document."), ct);

    /// <summary>Gives the document up: it shows as failed with this code and reason.</summary>
    public async Task<bool> DiscardAsync(Job job, JobFailure failure, CancellationToken ct)
    {
        var discarded = await ChangeAsync(job, JobSql.Discard, failure.Reason, ct, failure.Code, failure.Reason);
        if (discarded)
        {
            Count("discarded");
        }

        return discarded;
    }

    /// <summary>Frees the jobs of workers that have fallen silent; returns how many.</summary>
    public async Task<int> RescueAsync(CancellationToken ct)
    {
        var rescued = 0;
        foreach (var (job, crashes) in await ListExpiredAsync(ct))
        {
            var freed = crashes + 1 < _options.MaxCrashes
                ? await ChangeAsync(job, JobSql.Rescue, null, ct, false, _options.MaxCrashes)
                : await DiscardPoisonAsync(job, crashes + 1, ct);
            rescued += freed ? 1 : 0;
        }

        return rescued;
    }

    /// <summary>Drops finished jobs after their time.</summary>
    public async Task ForgetFinishedAsync(CancellationToken ct)
    {
        var age = TimeSpan.FromDays(_options.KeepFinishedDays);
        await using var batch = database.CreateBatch().Append(JobSql.ForgetFinished, age).Append(JobSql.ForgetEvents, age);
        await batch.ExecuteNonQueryAsync(ct);
    }

    internal static void Count(string state, int jobs = 1) =>
        RagTelemetry.Jobs.Add(jobs, new KeyValuePair<string, object?>(RagTelemetry.Outcome, state));

    private async Task<Job?> ClaimBehindAsync(int tenant, CancellationToken ct)
    {
        await using var command = database.Statement(JobSql.ClaimNext, _options.Lease, tenant, _turns.ListOvertaken());
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader) : null;
    }

    private async Task<List<Job>> ClaimMoreAsync(Job first, CancellationToken ct)
    {
        var more = new List<Job>();
        if (_options.GroupDocuments > 1)
        {
            await using var command = database.Statement(
                JobSql.ClaimMore, _options.Lease, first.Tenant, first.Id, _options.GroupDocuments - 1, SmallBytes);
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                more.Add(Read(reader));
            }
        }

        return more;
    }

    private async Task<List<(Job Job, int Crashes)>> ListExpiredAsync(CancellationToken ct)
    {
        var expired = new List<(Job, int)>();
        await using var command = database.Statement(JobSql.ListExpired, _options.Lease);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            expired.Add((Read(reader), reader.GetInt32(6)));
        }

        return expired;
    }

    private async Task<bool> DiscardPoisonAsync(Job job, int crashes, CancellationToken ct)
    {
        var failure = new JobFailure(FailureCodes.PoisonDocument, $"{crashes} workers stopped while they ingested this document.");
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.Append(JobSql.Tell, "", failure.Reason)
            .Append(JobSql.LockDocument, job.Tenant, job.DocumentId)
            .Append(JobSql.CountLastCrash, job.Tenant, job.DocumentId, job.Id, job.LeaseToken);
        // The lease may have been renewed since it was listed.
        if (await batch.ExecuteNonQueryAsync(ct) != 1)
        {
            return false;
        }

        await using var discard = new NpgsqlBatch(connection, transaction);
        discard.Append(JobSql.Discard, job.Tenant, job.DocumentId, job.Id, job.LeaseToken, failure.Code, failure.Reason);
        await discard.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        Count("discarded");
        return true;
    }

    private async Task<bool> ChangeAsync(Job job, string statement, string? reason, CancellationToken ct, params object?[] more)
    {
        await using var batch = database.CreateBatch();
        batch.Append(JobSql.Tell, job.Stage ?? "", reason ?? "")
            .Append(JobSql.LockDocument, job.Tenant, job.DocumentId)
            .Append(statement, [job.Tenant, job.DocumentId, job.Id, job.LeaseToken, .. more]);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct);
    }

    private static object?[] Keys(IReadOnlyCollection<Job> jobs) =>
        [jobs.Select(j => j.Tenant.Value).ToArray(), jobs.Select(j => j.Id).ToArray(), jobs.Select(j => j.LeaseToken).ToArray()];

    private static async Task<HashSet<long>> ReadIdsAsync(NpgsqlCommand command, CancellationToken ct)
    {
        var ids = new HashSet<long>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            ids.Add(reader.GetInt64(0));
        }

        return ids;
    }

    private static Job Read(NpgsqlDataReader reader) => new()
    {
        Tenant = new TenantId(reader.GetInt32(0)),
        Id = reader.GetInt64(1),
        DocumentId = reader.GetGuid(2),
        Attempt = reader.GetInt32(3),
        MaxAttempts = reader.GetInt32(4),
        LeaseToken = reader.GetGuid(5),
    };
}
