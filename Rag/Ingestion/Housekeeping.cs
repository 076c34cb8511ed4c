using AiApp.Rag.Documents;
using AiApp.Rag.Jobs;
using AiApp.Rag.Storage;
using Npgsql;

namespace AiApp.Rag.Ingestion;

/// <summary>What has to be done now and then, by any one process; each is safe to do twice.</summary>
public sealed class Housekeeping(NpgsqlDataSource database, JobQueue queue)
{
    public async Task RunAsync(CancellationToken ct)
    {
        await ExecuteAsync(IngestionSql.EnsureAnswerPartitions, ct);
        await ExecuteAsync(DocumentSql.SweepContents, ct);
        await queue.ForgetFinishedAsync(ct);
    }

    private async Task ExecuteAsync(string statement, CancellationToken ct)
    {
        await using var command = database.Statement(statement);
        await command.ExecuteNonQueryAsync(ct);
    }
}
