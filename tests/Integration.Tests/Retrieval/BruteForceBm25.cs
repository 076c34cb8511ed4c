using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Integration.Tests.Retrieval;

/// <summary>BM25 written once more, the long way, over the lexemes of every chunk of a tenant.</summary>
internal sealed class BruteForceBm25
{
    private const double K1 = 1.2;
    private const double B = 0.75;

    private readonly NpgsqlConnection _connection;
    private readonly double _averageLength;

    // By lexeme the chunks that hold it, with the term frequency; and the length of each chunk.
    private readonly Dictionary<string, Dictionary<long, int>> _postings = new(StringComparer.Ordinal);
    private readonly Dictionary<long, int> _lengths = [];

    private BruteForceBm25(NpgsqlConnection connection, double averageLength) => (_connection, _averageLength) = (connection, averageLength);

    public int ChunkCount => _lengths.Count;

    public static async Task<BruteForceBm25> LoadAsync(TestDatabase database, TenantId tenant)
    {
        var connection = await database.OpenAsync();
        await using var average = new NpgsqlCommand("SELECT min(bm25_average_length) FROM collection WHERE tenant_id = $1", connection) { Parameters = { new() { Value = tenant.Value } } };
        var bm25 = new BruteForceBm25(connection, (float)(await average.ExecuteScalarAsync())!);
        await using var command = new NpgsqlCommand(
            "SELECT chunk_id, lexeme, cardinality(positions) FROM chunk, unnest(lexemes) WHERE tenant_id = $1", connection) { Parameters = { new() { Value = tenant.Value } } };
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            bm25.Add(reader.GetInt64(0), reader.GetString(1), reader.GetInt32(2));
        }
        return bm25;
    }

    /// <summary>Scores above zero, best first.</summary>
    public async Task<List<double>> ScoreAsync(string question, int top)
    {
        await using var command = new NpgsqlCommand("SELECT lexeme, cardinality(positions) FROM unnest(to_tsvector('english', $1))", _connection) { Parameters = { new() { Value = question } } };
        await using var reader = await command.ExecuteReaderAsync();
        var scores = new Dictionary<long, double>();
        while (await reader.ReadAsync())
        {
            if (_postings.TryGetValue(reader.GetString(0), out var chunks))
            {
                var idf = Math.Log(1 + (ChunkCount - chunks.Count + 0.5) / (chunks.Count + 0.5));
                foreach (var (chunk, tf) in chunks)
                {
                    var weight = tf * (K1 + 1) / (tf + K1 * (1 - B + B * _lengths[chunk] / _averageLength));
                    scores[chunk] = scores.GetValueOrDefault(chunk) + reader.GetInt32(1) * idf * weight;
                }
            }
        }
        return [.. scores.Values.OrderDescending().Take(top)];
    }

    private void Add(long chunk, string lexeme, int tf)
    {
        if (!_postings.TryGetValue(lexeme, out var chunks))
        {
            _postings[lexeme] = chunks = [];
        }
        chunks[chunk] = tf;
        _lengths[chunk] = _lengths.GetValueOrDefault(chunk) + tf;
    }
}
