using System.Security.Cryptography;
using System.Text;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Jobs;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Benchmarks.Queue;

/// <summary>Fills the queue as the owner of the schema, and finishes jobs as publishing does, without anything to publish.</summary>
internal sealed class QueueStore(NpgsqlDataSource database)
{
    private const int Contents = 50;

    public Task AddFinishedAsync(TenantId tenant, int rows, CancellationToken ct) => RunAsync(QueueSql.AddFinished, ct, tenant, rows);

    /// <summary>Documents of three short sections, each with its job.</summary>
    public async Task AddWaitingAsync(TenantId tenant, int rows, CancellationToken ct)
    {
        await using var collection = database.Statement(QueueSql.AddCollection, tenant, "benchmark");
        var id = (int)(await collection.ExecuteScalarAsync(ct))!;
        var bytes = Enumerable.Range(0, Contents).Select(number => Encoding.UTF8.GetBytes(Text(number))).ToArray();
        var hashes = bytes.Select(SHA256.HashData).ToArray();
        await RunAsync(QueueSql.AddReaders, ct, tenant);
        await RunAsync(QueueSql.AddContents, ct, tenant, hashes, bytes);
        await RunAsync(QueueSql.AddWaiting, ct, tenant, id, rows, hashes);
        await RunAsync(QueueSql.Analyze, ct);
    }

    /// <summary>The locks and the last statement of a publication, in one transaction.</summary>
    public async Task FinishAsync(Job job, CancellationToken ct)
    {
        await using var batch = database.CreateBatch()
            .Append(PublishSql.LockDocuments, job.Tenant, new[] { job.DocumentId })
            .Append(PublishSql.LockHeld, job.Tenant, new[] { job.Id }, new[] { job.LeaseToken })
            .Append(PublishSql.Complete, job.Tenant, new[] { job.Id }, new[] { "{}" });
        await batch.ExecuteNonQueryAsync(ct);
    }

    public async Task FillRawAsync(int rows, CancellationToken ct)
    {
        await RunAsync(QueueSql.DropRaw, ct);
        await RunAsync(QueueSql.CreateRaw, ct);
        await RunAsync(QueueSql.IndexRaw, ct);
        await RunAsync(QueueSql.FillRaw, ct, rows);
    }

    public Task DropRawAsync(CancellationToken ct) => RunAsync(QueueSql.DropRaw, ct);

    public async Task<long?> ClaimRawAsync(CancellationToken ct)
    {
        await using var command = database.Statement(QueueSql.ClaimRaw);
        return (long?)await command.ExecuteScalarAsync(ct);
    }

    public Task FinishRawAsync(long id, CancellationToken ct) => RunAsync(QueueSql.FinishRaw, ct, id);

    /// <summary>A text of which every part is a chunk of its own.</summary>
    public static string Text(int number) =>
        string.Join("\n\n", Enumerable.Range(0, 3).Select(part => $"## Part {part} of {number}\n\n" + string.Join(' ', Enumerable.Range(0, 120).Select(i => $"word{(number * 31 + part * 7 + i) % 997}"))));

    private async Task RunAsync(string statement, CancellationToken ct, params object[] arguments)
    {
        await using var command = database.Statement(statement, arguments);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(ct);
    }
}
