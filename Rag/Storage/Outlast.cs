using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AiApp.Rag.Storage;

/// <summary>Background work goes on after an outage of the database by itself, as if it had only been slow.</summary>
public static partial class Outlast
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Repeats the step until it succeeds or <paramref name="ct"/> ends it. Steps are safe to repeat.</summary>
    public static async Task<T> OutagesAsync<T>(Func<Task<T>> step, TimeProvider clock, ILogger logger, CancellationToken ct)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await step();
            }
            catch (Exception ex) when (ex is NpgsqlException or SocketException or IOException or TimeoutException && !ct.IsCancellationRequested)
            {
                logger.Waiting(ex is PostgresException postgres ? postgres.SqlState : ex.GetType().Name, pause.TotalSeconds);
                await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), clock, ct);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not answer ({Error}), trying again in about {PauseSeconds} s")]
    private static partial void Waiting(this ILogger logger, string error, double pauseSeconds);
}
