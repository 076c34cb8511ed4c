using Microsoft.Extensions.Logging;
using Npgsql;

namespace AiApp.Rag.Storage;

/// <summary>One LISTEN connection that comes back by itself. Notifications are hints: whoever listens polls as well.</summary>
internal sealed partial class NotificationListener(NpgsqlDataSource database, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Calls back with every payload, and with null whenever some may have been missed. Ends by cancellation.</summary>
    public async Task RunAsync(string listenStatement, Action<string?> received, CancellationToken ct)
    {
        var pause = TimeSpan.FromMilliseconds(200);
        while (true)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(ct);
                connection.Notification += (_, notification) => received(notification.Payload);
                await ExecuteAsync(connection, listenStatement, ct);
                received(null);
                pause = TimeSpan.FromMilliseconds(200);
                while (true)
                {
                    // A half-open socket shows only when something is sent through it.
                    if (!await connection.WaitAsync(KeepAlive, ct))
                    {
                        await ExecuteAsync(connection, "SELECT 1", ct);
                    }
                }
            }
            catch (Exception ex) when (ex is NpgsqlException or IOException or TimeoutException && !ct.IsCancellationRequested)
            {
                Disconnected(ex.GetType().Name, pause.TotalSeconds);
                await Task.Delay(pause, clock, ct);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notifications are interrupted ({Error}), listening again in {PauseSeconds} s")]
    private partial void Disconnected(string error, double pauseSeconds);
}
