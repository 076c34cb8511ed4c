using Npgsql;

namespace AiApp.Browser.Tests.Stack;

/// <summary>A database of this run's own on the given server; dropped at the end.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string serverConnectionString;
    private readonly string name;

    private TestDatabase(string serverConnectionString, string name)
    {
        this.serverConnectionString = serverConnectionString;
        this.name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(serverConnectionString) { Database = name }.ConnectionString;
    }

    public string ConnectionString { get; }

    public static async Task<TestDatabase> CreateAsync(string serverConnectionString)
    {
        var database = new TestDatabase(serverConnectionString, $"aiapp_browser_{Guid.NewGuid():N}");
        await database.ExecuteAsync($"CREATE DATABASE {database.name}");
        return database;
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    private async Task ExecuteAsync(string statement)
    {
        await using var source = NpgsqlDataSource.Create(serverConnectionString);
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}
