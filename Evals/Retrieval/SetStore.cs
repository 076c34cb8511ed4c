using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Evals.Retrieval;

/// <summary>What an evaluation reads of an ingested set, as the owner of the schema.</summary>
internal sealed class SetStore(NpgsqlDataSource database, TenantId tenant) : IAsyncDisposable
{
    public static SetStore Open(string connection, TenantId tenant) =>
        new(NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { CommandTimeout = 0 }.ConnectionString), tenant);

    public async Task SetLanguageAsync(string collection, string language, CancellationToken ct)
    {
        await using var command = database.Statement(SetSql.SetLanguage, tenant, collection, language);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>SHA-256 of the bytes by source URI.</summary>
    public async Task<Dictionary<string, byte[]>> ListDocumentsAsync(string collection, CancellationToken ct)
    {
        await using var command = database.Statement(SetSql.ListDocuments, tenant, collection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var documents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            documents[reader.GetString(0)] = reader.GetFieldValue<byte[]>(1);
        }
        return documents;
    }

    /// <summary>The source URI of each chunk's document.</summary>
    public async Task<Dictionary<long, string>> ListChunksAsync(string collection, CancellationToken ct)
    {
        await using var command = database.Statement(SetSql.ListChunks, tenant, collection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var chunks = new Dictionary<long, string>();
        while (await reader.ReadAsync(ct))
        {
            chunks[reader.GetInt64(0)] = reader.GetString(1);
        }
        return chunks;
    }

    /// <summary>Figures must not depend on whether autovacuum has come by.</summary>
    public async Task AnalyzeAsync(CancellationToken ct)
    {
        await using var command = database.Statement(SetSql.Analyze);
        await command.ExecuteNonQueryAsync(ct);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
