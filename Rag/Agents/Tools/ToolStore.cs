using AiApp.Rag.Access;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Storage;
using Npgsql;

namespace AiApp.Rag.Agents.Tools;

/// <summary>What tools read of the database, as whoever asked.</summary>
internal sealed class ToolStore(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<RetrievedChunk>> ListPassagesAsync(
        AgentTask task, Guid document, int? fromPage, int? toPage, int offset, int most, CancellationToken ct)
    {
        await using var batch = database.ReadAs(task.Tenant, task.Principals).Append(AgentToolSql.ListPassages,
            task.Tenant, task.Principals.ToArray(), document, task.Collection, fromPage, toPage, offset, most);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        var passages = new List<RetrievedChunk>();
        while (await reader.ReadAsync(ct))
        {
            passages.Add(Read(reader));
        }
        return passages;
    }

    public async Task<IReadOnlyList<(string Name, int Documents)>> ListCollectionsAsync(AgentTask task, CancellationToken ct)
    {
        await using var batch = database.ReadAs(task.Tenant, task.Principals).Append(AgentToolSql.ListCollections,
            task.Tenant, task.Principals.ToArray(), task.Collection);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        var collections = new List<(string, int)>();
        while (await reader.ReadAsync(ct))
        {
            collections.Add((reader.GetString(0), reader.GetInt32(1)));
        }
        return collections;
    }

    private static RetrievedChunk Read(NpgsqlDataReader reader) => new()
    {
        ChunkId = reader.GetInt64(0),
        CollectionId = reader.GetInt32(1),
        DocumentId = reader.GetGuid(2),
        VersionId = reader.GetInt64(3),
        VersionNumber = reader.GetInt32(4),
        Title = reader.GetString(5),
        SourceUri = reader.GetString(6),
        HeadingPath = reader.GetString(7),
        Text = reader.GetString(8),
        StartOffset = reader.GetInt32(9),
        Length = reader.GetInt32(10),
        Page = reader.IsDBNull(11) ? null : reader.GetInt32(11),
        Pages = reader.IsDBNull(14) ? [] : reader.GetFieldValue<int[]>(14),
        ChangedIn = reader.GetInt64(15),
        ValidFrom = reader.IsDBNull(12) ? null : reader.GetFieldValue<DateOnly>(12),
        ValidUntil = reader.IsDBNull(13) ? null : reader.GetFieldValue<DateOnly>(13),
        Score = 0,
    };
}
