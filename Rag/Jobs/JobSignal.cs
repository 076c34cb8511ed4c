using AiApp.Rag.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AiApp.Rag.Jobs;

/// <summary>Calls a worker as soon as a job is queued. A hint only: whoever waits also looks by itself.</summary>
public sealed class JobSignal(NpgsqlDataSource database, TimeProvider clock, ILogger<JobSignal> logger)
{
    /// <summary>Ends only by cancellation.</summary>
    public Task ListenAsync(Action called, CancellationToken ct) =>
        new NotificationListener(database, clock, logger).RunAsync(JobSql.Listen, _ => called(), ct);
}
