using Npgsql;

namespace AiApp.Rag.Storage;

/// <summary>
/// Connections as the login itself, without a role of less rights: for the building of indexes, which is the owner's. Each is new and
/// closed after use, so that whatever is set on it ends with it.
/// </summary>
internal sealed class OwnerDatabase(string connection) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connection) { Pooling = false, ApplicationName = "AiApp maintenance" });

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken ct) => _database.OpenConnectionAsync(ct);

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
