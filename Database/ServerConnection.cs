using Microsoft.Extensions.Logging;
using Npgsql;

namespace AiApp.Database;

/// <summary>The way to a database that may not exist, on a server that may still be starting.</summary>
internal sealed class ServerConnection(ILogger logger, TimeProvider clock)
{
    private const string MaintenanceDatabase = "postgres";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Opens the database, which is created when the server does not have it.</summary>
    public async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken ct)
    {
        var settings = Parse(connectionString);
        try
        {
            return await OpenWhenReadyAsync(settings, ct);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await CreateDatabaseAsync(settings, ct);
            return await OpenWhenReadyAsync(settings, ct);
        }
    }

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString)
            {
                // One connection for the whole run: it holds the lock. An index may take hours to build.
                Pooling = false,
                CommandTimeout = 0,
            };
            return string.IsNullOrEmpty(settings.Database)
                ? throw new MigrationException("ConnectionStrings__aiapp names no Database.")
                : settings;
        }
        catch (ArgumentException invalid)
        {
            throw new MigrationException("ConnectionStrings__aiapp is not a connection string of Npgsql (Host=...;Database=...).", invalid);
        }
    }

    private async Task<NpgsqlConnection> OpenWhenReadyAsync(NpgsqlConnectionStringBuilder settings, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        var server = $"{settings.Host}:{settings.Port}";
        string? said = null;
        while (true)
        {
            var connection = new NpgsqlConnection(settings.ConnectionString);
            try
            {
                await connection.OpenAsync(ct);
                return connection;
            }
            catch (NpgsqlException failure)
            {
                await connection.DisposeAsync();
                var reason = failure is PostgresException refused ? refused.MessageText : failure.InnerException?.Message ?? failure.Message;
                switch (failure)
                {
                    case PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName }:
                        throw;
                    case { IsTransient: false }:
                        throw new MigrationException($"Postgres at {server} refuses the connection: {reason}", failure);
                    case var _ when clock.GetElapsedTime(started) > Patience:
                        throw new MigrationException(
                            $"Postgres at {server} did not answer within {Patience.TotalSeconds} s ({reason}). Is it running, and is the address right?",
                            failure);
                }
                if (reason != said)
                {
                    logger.WaitingForServer(server, said = reason);
                }
            }
            await Task.Delay(Pause, clock, ct);
        }
    }

    private async Task CreateDatabaseAsync(NpgsqlConnectionStringBuilder settings, CancellationToken ct)
    {
        var maintenance = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Database = MaintenanceDatabase };
        await using var connection = await OpenWhenReadyAsync(maintenance, ct);
        var name = settings.Database!;
        try
        {
            // An identifier cannot be a parameter; quoted, it cannot be anything else.
            await using var create = new NpgsqlCommand($"CREATE DATABASE \"{name.Replace("\"", "\"\"")}\"", connection);
            await create.ExecuteNonQueryAsync(ct);
            logger.CreatedDatabase(name);
        }
        catch (PostgresException raced) when (raced.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another migrator made it in between.
        }
        catch (PostgresException refused)
        {
            throw new MigrationException(
                $"Database {name} does not exist and could not be created ({refused.MessageText}): create it, or give the login CREATEDB.", refused);
        }
    }
}
