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
            passages.Add(RetrievalStore.ReadChunk(reader, pages: 14, changedIn: 15));
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
}
