using Npgsql;

namespace AiApp.Benchmarks.Retrieval;

internal sealed class Floors : IAsyncDisposable
{
    public const string RoundTrip = "floor: round trip";
    public const string Vectors = "floor: HNSW, ef";
    public const string Lexemes = "floor: GIN, rarest term";
    public const string BuiltInRanking = "ts_rank_cd over OR";

    private readonly List<Floor> _all = [];

    public IReadOnlyList<Floor> All => _all;

    public async Task AddAsync(
        NpgsqlDataSource database, string name, string sql, Func<PreparedQuery, object?>? argument, Dictionary<string, string> options, CancellationToken ct) =>
        _all.Add(await Floor.OpenAsync(database, name, sql, argument, options, ct));

    public async ValueTask DisposeAsync()
    {
        foreach (var floor in _all)
        {
            await floor.DisposeAsync();
        }
    }
}
