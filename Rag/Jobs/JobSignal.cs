using AiApp.Rag.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AiApp.Rag.Jobs;

/// <summary>Calls a worker as soon as a job is queued, or one that runs is cancelled. Hints only: whoever waits also looks by itself.</summary>
public sealed class JobSignal(NpgsqlDataSource database, TimeProvider clock, ILogger<JobSignal> logger)
{
    /// <summary>Ends only by cancellation.</summary>
    public Task ListenAsync(Action available, Action stopped, CancellationToken ct) =>
        new NotificationListener(database, clock, logger).RunAsync(JobSql.Listen, payload => Call(payload, available, stopped), ct);

    // A payload is the id of a job that was stopped; after a pause of the connection anything may have happened.
    private static void Call(string? payload, Action available, Action stopped)
    {
        if (payload is null or "")
        {
            available();
        }
        if (payload is null or { Length: > 0 })
        {
            stopped();
        }
    }
}
