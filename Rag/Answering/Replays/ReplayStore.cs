using System.Text.Json;
using AiApp.Rag.Access;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Answering.Replays;

/// <summary>What an answer's record holds besides the answer, and what has become of it. Terms are null where none were recorded.</summary>
internal sealed record RecordedState(
    string? Collection, bool CollectionIsGone, IReadOnlyList<QueryTerm>? Terms, IReadOnlyDictionary<Guid, int> CurrentVersions);

internal sealed class ReplayStore(NpgsqlDataSource database)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Of an answer that the caller may read; null when it is gone meanwhile.</summary>
    public async Task<RecordedState?> FindStateAsync(TenantId tenant, PrincipalSet principals, Answer answer, CancellationToken ct)
    {
        var documents = answer.Passages.Select(passage => passage.DocumentId).Distinct().ToArray();
        await using var batch = database.ReadAs(tenant, principals)
            .Append(ReplaySql.FindState, tenant, answer.Id)
            .Append(ReplaySql.CurrentVersions, tenant, principals.ToArray(), documents);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            return null;
        }
        var (collection, isGone) = (reader.Text(0), reader.GetBoolean(1));
        var terms = reader.IsDBNull(2) ? null : JsonSerializer.Deserialize<List<QueryTerm>>(reader.GetString(2), Json);
        await reader.NextResultAsync(ct);
        var versions = new Dictionary<Guid, int>();
        while (await reader.ReadAsync(ct))
        {
            versions[reader.GetGuid(0)] = reader.GetInt32(1);
        }
        return new(collection, isGone, terms, versions);
    }
}
