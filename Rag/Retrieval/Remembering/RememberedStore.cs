using AiApp.Rag.Access;
using AiApp.Rag.Storage;
using Npgsql;

namespace AiApp.Rag.Retrieval.Remembering;

internal sealed class RememberedStore(NpgsqlDataSource database)
{
    /// <summary>Whether the same search would find the same now.</summary>
    public async Task<bool> HoldsAsync(RetrievalQuery query, RetrievalBasis basis, CancellationToken ct)
    {
        await using var batch = database.ReadAs(query.Tenant, query.Principals).Append(
            RememberedSql.Find, query.Tenant, query.Principals.ToArray(), query.Collection, basis.CollectionIds.ToArray(), basis.Snapshot.Text);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        await reader.ReadAsync(ct);
        return reader.GetBoolean(0)
            && reader.GetFieldValue<DateTimeOffset>(1) == basis.ServerStartedAt
            && AreSame(reader.GetFieldValue<int[]>(2), basis.CollectionIds)
            && AreSame(reader.GetFieldValue<int[]>(3), basis.ReaderSetIds)
            && !reader.IsDBNull(4) && reader.GetInt32(4) == basis.Space.Id;
    }

    private static bool AreSame(int[] now, IReadOnlyList<int> then) => now.Length == then.Count && now.Order().SequenceEqual(then.Order());
}
