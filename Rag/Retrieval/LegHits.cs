using Npgsql;

namespace AiApp.Rag.Retrieval;

internal static class LegHits
{
    /// <summary>Reads rows of chunk id and score.</summary>
    public static async Task<List<LegHit>> ReadHitsAsync(this NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var hits = new List<LegHit>();
        while (await reader.ReadAsync(ct))
        {
            hits.Add(new(reader.GetInt64(0), reader.GetDouble(1)));
        }
        return hits;
    }
}
