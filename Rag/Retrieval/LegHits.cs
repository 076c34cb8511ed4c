using AiApp.Rag.Access;
using Npgsql;

namespace AiApp.Rag.Retrieval;

internal static class LegHits
{
    /// <summary>Reads rows of chunk id and score, as the caller of the batch.</summary>
    public static Task<List<LegHit>> ReadHitsAsync(this NpgsqlBatch batch, CancellationToken ct) => batch.ReadHitsAsync(0, ct);

    /// <summary>The same behind statements of the batch that only set something.</summary>
    public static async Task<List<LegHit>> ReadHitsAsync(this NpgsqlBatch batch, int settings, CancellationToken ct)
    {
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        for (var i = 0; i < settings; i++)
        {
            await reader.NextResultAsync(ct);
        }
        var hits = new List<LegHit>();
        while (await reader.ReadAsync(ct))
        {
            hits.Add(new(reader.GetInt64(0), reader.GetDouble(1)));
        }
        return hits;
    }
}
