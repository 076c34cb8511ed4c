using Microsoft.Extensions.Logging;
using Npgsql;

namespace AiApp.Database;

/// <summary>Brings the schema up to date: forward only, each file once, one migrator at a time.</summary>
public sealed class Migrator(ILogger<Migrator> logger, TimeProvider clock)
{
    private const int MaxAttempts = 5;
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(200);

    /// <summary>Returns how many files were applied now. Throws <see cref="MigrationException"/> when the schema is not as the files say.</summary>
    public async Task<int> MigrateAsync(string connectionString, CancellationToken ct)
    {
        var migrations = Migration.ReadAll();
        try
        {
            await using var connection = await new ServerConnection(logger, clock).OpenAsync(connectionString, ct);
            await LockAsync(connection, ct);
            await ExecuteAsync(connection, MigratorSql.CreateJournal, ct);
            var applied = await ListAppliedAsync(connection, ct);
            Check(migrations, applied);
            var pending = migrations.Where(migration => !applied.ContainsKey(migration.Number)).ToList();
            foreach (var migration in pending)
            {
                await ApplyAsync(connection, migration, ct);
            }
            await ExecuteAsync(connection, MigratorSql.Unlock, ct);
            logger.UpToDate(pending.Count, migrations.Count);
            return pending.Count;
        }
        catch (NpgsqlException failure)
        {
            throw new MigrationException($"Postgres failed: {failure.Message}", failure);
        }
    }

    private async Task LockAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var tryLock = new NpgsqlCommand(MigratorSql.TryLock, connection);
        for (var first = true; !(bool)(await tryLock.ExecuteScalarAsync(ct))!; first = false)
        {
            if (first)
            {
                logger.WaitingForMigrator();
            }
            await Task.Delay(LockPoll, clock, ct);
        }
    }

    private static async Task<Dictionary<int, (string Name, string Checksum)>> ListAppliedAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var applied = new Dictionary<int, (string, string)>();
        await using var list = new NpgsqlCommand(MigratorSql.ListApplied, connection);
        await using var rows = await list.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            applied.Add(rows.GetInt32(0), (rows.GetString(1), rows.GetString(2)));
        }
        return applied;
    }

    private static void Check(IReadOnlyList<Migration> migrations, Dictionary<int, (string Name, string Checksum)> applied)
    {
        foreach (var migration in migrations)
        {
            if (applied.TryGetValue(migration.Number, out var before) && before.Checksum != migration.Checksum)
            {
                throw new MigrationException(
                    $"{migration.Name}.sql has changed since it was applied here as {before.Name}. Restore the file and put the change"
                    + " into a new migration; a database that holds nothing of value can be dropped and made anew.");
            }
        }
    }

    private async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        for (var attempt = 1; !await TryApplyAsync(connection, migration, attempt == MaxAttempts, ct); attempt++)
        {
            await Task.Delay(LockPoll, clock, ct);
        }
        logger.Applied(migration.Name, (long)clock.GetElapsedTime(started).TotalMilliseconds);
    }

    private static async Task<bool> TryApplyAsync(NpgsqlConnection connection, Migration migration, bool last, CancellationToken ct)
    {
        try
        {
            await using var transaction = migration.InTransaction ? await connection.BeginTransactionAsync(ct) : null;
            await ExecuteAsync(connection, migration.Sql, ct);
            await using var journal = new NpgsqlCommand(MigratorSql.AddApplied, connection)
            {
                Parameters = { new() { Value = migration.Number }, new() { Value = migration.Name }, new() { Value = migration.Checksum } },
            };
            await journal.ExecuteNonQueryAsync(ct);
            if (transaction is not null)
            {
                await transaction.CommitAsync(ct);
            }
            return true;
        }
        catch (PostgresException raced) when (migration.InTransaction && !last && IsRace(raced))
        {
            return false;
        }
        catch (PostgresException failure)
        {
            throw new MigrationException($"{migration.Name}.sql failed ({failure.SqlState}): {failure.MessageText}. {Advise(migration, failure)}", failure);
        }
    }

    // Roles belong to the server, the lock to one database: migrators of two databases may touch the same role
    // ("tuple concurrently updated" is an internal error to Postgres).
    private static bool IsRace(PostgresException failure) => failure.SqlState
        is PostgresErrorCodes.InternalError or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    private static string Advise(Migration migration, PostgresException failure) => failure switch
    {
        { SqlState: PostgresErrorCodes.UndefinedFile or PostgresErrorCodes.FeatureNotSupported }
            when failure.MessageText.Contains("extension", StringComparison.Ordinal)
            => "The server has no pgvector 0.7 or newer: install it (postgresql-NN-pgvector), or use the pgvector/pgvector image.",
        { SqlState: PostgresErrorCodes.InsufficientPrivilege }
            => "The login must own the database, may create roles, and may create the extension vector.",
        _ when migration.InTransaction => "Nothing of it was applied; applied before it stays.",
        _ => "It runs without a transaction: look at what it left behind before the next run.",
    };

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
