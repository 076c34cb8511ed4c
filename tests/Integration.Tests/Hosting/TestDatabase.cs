using AiApp.Database;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AiApp.Integration.Tests.Hosting;

/// <summary>A database of its own, dropped in the end.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private TestDatabase(string name) =>
        ConnectionString = new NpgsqlConnectionStringBuilder(TestServers.Postgres) { Database = name, MaxPoolSize = 20 }.ConnectionString;

    public string ConnectionString { get; }

    /// <summary>A name only: nothing on the server has it yet.</summary>
    public static TestDatabase Unmade() => new($"aiapp_test_{Guid.NewGuid():N}");

    public static async Task<TestDatabase> CreateAsync()
    {
        var database = Unmade();
        await database.MigrateAsync();
        return database;
    }

    public Task<int> MigrateAsync() =>
        new Migrator(NullLogger<Migrator>.Instance, TimeProvider.System).MigrateAsync(ConnectionString, CancellationToken.None);

    /// <summary>As the owner of the schema, not in the application's role.</summary>
    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async Task<T> ReadAsync<T>(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(ConnectionString);
        var name = settings.Database;
        settings.Database = "postgres";
        settings.Pooling = false;
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)", connection);
        await drop.ExecuteNonQueryAsync();
    }
}
