using AiApp.Rag.Access;
using AiApp.Rag.Storage;
using Npgsql;

namespace AiApp.Rag.Conversations;

/// <summary>The conversations of their owners.</summary>
public sealed class ConversationStore(NpgsqlDataSource database, TimeProvider clock)
{
    public async Task<Conversation> AddAsync(Owner owner, string? collection, CancellationToken ct)
    {
        await using var batch = database.ReadAs(owner).Append(
            ConversationSql.Add, owner.Tenant, owner.User, Guid.CreateVersion7(clock.GetUtcNow()), collection);
        return (await FindAsync(batch, ct))!;
    }

    /// <summary>Newest first.</summary>
    public async Task<ConversationPage> ListAsync(Owner owner, string? cursor, int limit, CancellationToken ct)
    {
        var start = PageCursor.Parse(cursor);
        await using var batch = database.ReadAs(owner).Append(ConversationSql.List, owner.Tenant, owner.User, start.At, start.Id, limit + 1);
        await using var reader = await batch.ExecuteAsOwnerAsync(ct);
        var found = new List<Conversation>();
        while (await reader.ReadAsync(ct))
        {
            found.Add(Read(reader));
        }
        var items = found.Take(limit).ToList();
        return new(items, found.Count > limit ? new PageCursor(items[^1].UpdatedAt, items[^1].Id).ToString() : null);
    }

    public async Task<Conversation?> FindAsync(Owner owner, Guid id, CancellationToken ct)
    {
        await using var batch = database.ReadAs(owner).Append(ConversationSql.Find, owner.Tenant, owner.User, id);
        return await FindAsync(batch, ct);
    }

    public async Task<Conversation?> RenameAsync(Owner owner, Guid id, string title, CancellationToken ct)
    {
        await using var batch = database.ReadAs(owner).Append(ConversationSql.Rename, owner.Tenant, owner.User, id, title);
        return await FindAsync(batch, ct);
    }

    /// <summary>False when there is none.</summary>
    public async Task<bool> DeleteAsync(Owner owner, Guid id, CancellationToken ct)
    {
        await using var batch = database.ReadAs(owner).Append(ConversationSql.Delete, owner.Tenant, owner.User, id);
        await using var reader = await batch.ExecuteAsOwnerAsync(ct);
        return await reader.ReadAsync(ct);
    }

    private static async Task<Conversation?> FindAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        await using var reader = await batch.ExecuteAsOwnerAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader) : null;
    }

    private static Conversation Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Collection = row.Text(1),
        Title = row.Text(2),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(3),
        UpdatedAt = row.GetFieldValue<DateTimeOffset>(4),
    };
}
