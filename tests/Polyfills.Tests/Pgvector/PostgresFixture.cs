using Npgsql;

namespace AiApp.Polyfills.Tests.Pgvector;

/// <summary>A database of its own with pgvector in it, dropped at the end.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly string name = $"polyfills_{Guid.NewGuid():N}";

    public string ConnectionString { get; private set; } = "";

    public NpgsqlDataSource DataSource { get; private set; } = null!;

    private static string Server =>
        Environment.GetEnvironmentVariable("ConnectionStrings__aiapp")
        ?? throw new InvalidOperationException(
            "These tests need a Postgres with pgvector: run ./test, or set ConnectionStrings__aiapp to a superuser's connection string.");

    public async Task InitializeAsync()
    {
        ConnectionString = new NpgsqlConnectionStringBuilder(Server) { Database = name }.ConnectionString;
        await OnServerAsync($"CREATE DATABASE {name}");
        await using (var plain = NpgsqlDataSource.Create(ConnectionString))
        await using (var create = plain.CreateCommand("CREATE EXTENSION vector"))
        {
            await create.ExecuteNonQueryAsync();
        }

        var builder = new NpgsqlDataSourceBuilder(ConnectionString);
        builder.UseVector();
        DataSource = builder.Build();
    }

    public async Task DisposeAsync()
    {
        if (DataSource is not null)
        {
            await DataSource.DisposeAsync();
            await OnServerAsync($"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    private static async Task OnServerAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Server);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

[CollectionDefinition("postgres")]
public sealed class PostgresCollection : ICollectionFixture<PostgresFixture>;
