using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Benchmarks.Retrieval;

internal sealed record RelationSize(string Kind, string Name, long Bytes);

/// <summary>What the benchmark reads as the owner of the schema.</summary>
internal sealed class CorpusStore(NpgsqlDataSource database)
{
    // Far more than a sample needs, far less than a large corpus holds.
    private const int SampledTexts = 5000;

    public async Task<int> CountChunksAsync(TenantId tenant, string collection, CancellationToken ct)
    {
        await using var command = database.Statement(CorpusSql.CountChunks, tenant, collection);
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    public Task<List<string>> ListTitlesAsync(TenantId tenant, string collection, CancellationToken ct) =>
        ListAsync(database.Statement(CorpusSql.ListTitles, tenant, collection, SampledTexts), reader => reader.GetString(0), ct);

    public Task<List<string>> ListHeadingsAsync(TenantId tenant, string collection, CancellationToken ct) =>
        ListAsync(database.Statement(CorpusSql.ListHeadings, tenant, collection, SampledTexts), reader => reader.GetString(0), ct);

    public Task<List<RelationSize>> ListSizesAsync(CancellationToken ct) =>
        ListAsync(database.Statement(CorpusSql.ListSizes), reader => new RelationSize(reader.GetString(0), reader.GetString(1), reader.GetInt64(2)), ct);

    public Task<List<int>> ListBackendsAsync(CancellationToken ct) =>
        ListAsync(database.Statement(CorpusSql.ListBackends), reader => reader.GetInt32(0), ct);

    public async Task<Dictionary<string, string>> ListSettingsAsync(CancellationToken ct) =>
        (await ListAsync(database.Statement(CorpusSql.ListSettings), reader => (reader.GetString(0), reader.GetString(1)), ct)).ToDictionary();

    public async Task VacuumAsync(CancellationToken ct)
    {
        await using var command = database.Statement(CorpusSql.Vacuum);
        // Minutes on a large corpus.
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The definition of the dropped index; null when there was none.</summary>
    public async Task<string?> DropDistanceIndexAsync(EmbeddingSpace space, CancellationToken ct)
    {
        var found = await ListAsync(database.Statement(CorpusSql.FindDistanceIndex, space.TableName), reader => reader.GetString(0), ct);
        if (found.Count == 0)
        {
            return null;
        }
        await using var command = database.Statement(space.In(CorpusSql.DropDistanceIndex));
        await command.ExecuteNonQueryAsync(ct);
        return found[0];
    }

    public async Task BuildIndexAsync(string definition, CancellationToken ct)
    {
        await using var batch = database.CreateBatch().Append(CorpusSql.BuildInMemory).Append(definition);
        batch.Timeout = 0;
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static async Task<List<T>> ListAsync<T>(NpgsqlCommand statement, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await using var command = statement;
        await using var reader = await command.ExecuteReaderAsync(ct);
        var list = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            list.Add(read(reader));
        }
        return list;
    }
}
