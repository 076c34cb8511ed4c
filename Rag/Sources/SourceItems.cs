using AiApp.Rag.Access;
using AiApp.Rag.Storage;
using Npgsql;

namespace AiApp.Rag.Sources;

/// <summary>What is known of an item since the last run.</summary>
internal sealed record KnownItem(string? Fingerprint, Guid? DocumentId, ItemProblem? Problem);

/// <summary>The items of one source that runs. Methods that return false found that its lease is gone.</summary>
internal sealed class SourceItems(NpgsqlDataSource database, ClaimedSource source)
{
    public async Task<Dictionary<string, KnownItem>> ListAsync(CancellationToken ct)
    {
        var items = new Dictionary<string, KnownItem>(StringComparer.Ordinal);
        await using var command = database.Statement(SourceItemSql.List, source.Tenant, source.Id);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var key = reader.GetString(0);
            items[key] = new KnownItem(
                reader.IsDBNull(1) ? null : reader.GetString(1),
                reader.IsDBNull(2) ? null : reader.GetGuid(2),
                reader.IsDBNull(3) ? null : new ItemProblem(key, reader.GetString(3), reader.GetString(4)));
        }
        return items;
    }

    /// <summary>Marks the item as in the middle of a change: whatever happens to this process, the next run looks at it again.</summary>
    public Task<bool> BeginAsync(string key, CancellationToken ct) =>
        ChangeAsync(SourceItemSql.Begin, ct, source.Tenant, source.Id, source.Token, key);

    public Task<bool> RecordAsync(string key, KnownItem item, CancellationToken ct) =>
        ChangeAsync(SourceItemSql.Record, ct, source.Tenant, source.Id, source.Token, key, item.Fingerprint, item.DocumentId, item.Problem?.Code, item.Problem?.Reason);

    public async Task DoubtAsync(string key, CancellationToken ct)
    {
        await using var command = database.Statement(SourceItemSql.Doubt, source.Tenant, source.Id, key);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The item is no more. When it was marked before, its document is not remembered as deleted by a person.</summary>
    public Task<bool> ForgetAsync(string key, string sourceUri, CancellationToken ct) =>
        ChangeAsync(SourceItemSql.Forget, ct, source.Tenant, source.Id, source.Token, key, source.Collection, sourceUri);

    /// <summary>The document in this place, and the principals that see it.</summary>
    public async Task<(Guid Id, PrincipalSet Readers)?> FindDocumentAsync(string sourceUri, CancellationToken ct)
    {
        await using var command = database.Statement(SourceItemSql.FindDocument, source.Tenant, source.Collection, sourceUri);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetGuid(0), PrincipalSet.Of(reader.GetFieldValue<string[]>(1))) : null;
    }

    /// <summary>Null when there is no such document any more.</summary>
    public async Task<PrincipalSet?> FindReadersAsync(Guid document, CancellationToken ct)
    {
        await using var command = database.Statement(SourceItemSql.FindReaders, source.Tenant, document);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? PrincipalSet.Of(reader.GetFieldValue<string[]>(0)) : null;
    }

    private async Task<bool> ChangeAsync(string statement, CancellationToken ct, params object?[] arguments)
    {
        await using var command = database.Statement(statement, arguments);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct);
    }
}
