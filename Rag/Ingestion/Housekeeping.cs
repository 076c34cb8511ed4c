using AiApp.Rag.Documents;
using AiApp.Rag.Gateway.Resilience;
using AiApp.Rag.Gateway.Structured;
using AiApp.Rag.Jobs;
using AiApp.Rag.Retrieval.Remembering;
using AiApp.Rag.Storage;
using Npgsql;

namespace AiApp.Rag.Ingestion;

/// <summary>What has to be done now and then, by any one process; each is safe to do twice.</summary>
public sealed class Housekeeping(NpgsqlDataSource database, JobQueue queue)
{
    // Whoever retries a document later than that has it read again.
    private static readonly TimeSpan KeepReadings = TimeSpan.FromDays(30);

    // They hold text of documents: long enough for whoever was told of one to look.
    private static readonly TimeSpan KeepRejectedOutputs = TimeSpan.FromDays(30);

    // Long silent by then.
    private static readonly TimeSpan KeepModelHealth = TimeSpan.FromHours(1);

    // A day more than anybody remembers a search, and than a transaction may have begun before it ends.
    private static readonly TimeSpan KeepIndexChanges = TimeSpan.FromDays(2);

    public async Task RunAsync(CancellationToken ct)
    {
        await ExecuteAsync(IngestionSql.EnsureAnswerPartitions, ct);
        await ExecuteAsync(DocumentSql.SweepContents, ct);
        await ExecuteAsync(ReadingSql.Sweep, ct, KeepReadings);
        await ExecuteAsync(RejectedOutputSql.Sweep, ct, KeepRejectedOutputs);
        await ExecuteAsync(ModelHealthSql.Sweep, ct, KeepModelHealth);
        await ExecuteAsync(RememberedSql.Sweep, ct, KeepIndexChanges);
        await queue.ForgetFinishedAsync(ct);
    }

    private async Task ExecuteAsync(string statement, CancellationToken ct, params object[] values)
    {
        await using var command = database.Statement(statement, values);
        await command.ExecuteNonQueryAsync(ct);
    }
}
