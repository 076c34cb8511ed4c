using AiApp.Benchmarks.Measuring;
using AiApp.Benchmarks.Retrieval.Exact;
using AiApp.Rag.Retrieval;
using Npgsql;

namespace AiApp.Benchmarks.Retrieval;

/// <summary>Latency of the retriever, its legs and the floors under them at one size of the corpus.</summary>
internal sealed class SizeRun(NpgsqlDataSource database, CorpusStore store, Legs legs, RetrievalBenchmarkSettings settings, TimeProvider clock)
{
    // The built-in ranking takes a hundred times as long as everything else; the ratio shows with fewer queries.
    public const int SlowQueries = 60;

    private static readonly int[] Clients = [1, 4, 16];
    private static readonly int[] Searches = [40, 100, 200];
    private static readonly Dictionary<string, string> IndexOnly = new() { ["enable_seqscan"] = "off" };

    public async Task<SizeResult> MeasureAsync(CorpusBuild build, IReadOnlyList<BenchmarkQuery> sample, CancellationToken ct)
    {
        var caller = BenchmarkReaders.Everything;
        var scope = await legs.FindScopeAsync(caller, ct);
        var queries = await PrepareAsync(scope, sample, ct);
        await using var floors = await OpenFloorsAsync(ct);
        List<Subject<PreparedQuery>> subjects =
        [
            .. Clients.Select(clients => new Subject<PreparedQuery>("retriever", clients, (query, token) => legs.RetrieveAsync(query.Query.Text, caller, token))),
            new("lexical leg", 1, (query, token) => legs.SearchLexicalAsync(scope, query.Query.Text, token)),
            new("vector leg", 1, (query, token) => legs.SearchVectorAsync(scope, query.Query.Text, token)),
            .. floors.All.Select(floor => new Subject<PreparedQuery>(floor.Name, 1, floor.CallAsync, floor.Name == Floors.BuiltInRanking ? SlowQueries : int.MaxValue)),
        ];
        var measurements = await new Load<PreparedQuery>(queries, settings.Rounds, clock).MeasureAsync(subjects, ct);
        var memory = new MemoryFacts(ProcessMemory.OwnMb(), ProcessMemory.PssMb(await store.ListBackendsAsync(ct)));
        var kinds = await MeasureKindsAsync(scope, queries, ct);
        var stages = await MeasureStagesAsync(queries, ct);
        // After the memory was read: the exact index holds the whole corpus.
        var index = await new ExactStore(database).LoadAsync(scope.Tenant, settings.Collection, await legs.GetSpaceAsync(ct), ct);
        var recall = new RecallRun(index, legs, legs.Configuration, settings, clock);
        return new()
        {
            Build = build,
            Queries = queries.CountBy(query => query.Query.Kind.ToString()).ToDictionary(),
            Measurements = measurements,
            Kinds = kinds,
            Stages = stages,
            Filters = await recall.MeasureAsync(queries, ct),
            FloorRecalls = await recall.MeasureAsync(floors, queries, scope.ReaderSetIds.ToHashSet(), ct),
            Relations = await store.ListSizesAsync(ct),
            Memory = memory,
        };
    }

    private async Task<List<PreparedQuery>> PrepareAsync(SearchScope scope, IReadOnlyList<BenchmarkQuery> sample, CancellationToken ct)
    {
        var queries = new List<PreparedQuery>();
        foreach (var query in sample)
        {
            if (await legs.PrepareAsync(scope, query, ct) is { } prepared)
            {
                queries.Add(prepared);
            }
        }
        return queries;
    }

    private async Task<Floors> OpenFloorsAsync(CancellationToken ct)
    {
        var floors = new Floors();
        await using var index = database.CreateCommand(FloorSql.EnsureIndex);
        index.CommandTimeout = 0;
        await index.ExecuteNonQueryAsync(ct);
        await floors.AddAsync(database, Floors.RoundTrip, FloorSql.RoundTrip, null, [], ct);
        var space = await legs.GetSpaceAsync(ct);
        foreach (var search in Searches)
        {
            await floors.AddAsync(database, $"{Floors.Vectors} {search}", space.In(FloorSql.NearestVectors), query => query.HalfEmbedding,
                new() { ["hnsw.ef_search"] = search.ToString(), ["enable_seqscan"] = "off" }, ct);
        }
        await floors.AddAsync(database, Floors.Lexemes, FloorSql.AnyMatches, query => query.RarestTerm, IndexOnly, ct);
        await floors.AddAsync(database, Floors.BuiltInRanking, FloorSql.BuiltInRanking, query => query.AnyTerm, [], ct);
        return floors;
    }

    /// <summary>The lexical leg by kind of query: the mean hides that common words are its slow case.</summary>
    private async Task<List<KindResult>> MeasureKindsAsync(SearchScope scope, List<PreparedQuery> queries, CancellationToken ct)
    {
        var results = new List<KindResult>();
        foreach (var kind in queries.GroupBy(query => query.Query.Kind).OrderBy(kind => kind.Key))
        {
            var measured = await new Load<PreparedQuery>([.. kind], settings.Rounds, clock).MeasureAsync(
                [
                    new("lexical leg", 1, (query, token) => legs.SearchLexicalAsync(scope, query.Query.Text, token)),
                    new("retriever", 1, (query, token) => legs.RetrieveAsync(query.Query.Text, BenchmarkReaders.Everything, token)),
                ],
                ct);
            results.Add(new(kind.Key.ToString(), kind.Count(), measured[0], measured[1]));
        }
        return results;
    }

    /// <summary>Where the time goes, as the retriever itself reports it; stages overlap because the legs run side by side.</summary>
    private async Task<List<StageResult>> MeasureStagesAsync(List<PreparedQuery> queries, CancellationToken ct)
    {
        var durations = new Dictionary<string, List<double>>();
        foreach (var query in queries)
        {
            foreach (var stage in (await legs.RetrieveAsync(query.Query.Text, BenchmarkReaders.Everything, ct)).Stages)
            {
                durations.TryAdd(stage.Name, []);
                durations[stage.Name].Add(stage.DurationMs);
            }
        }
        return [.. durations.Select(stage => new StageResult(stage.Key, Percentiles.At(stage.Value, 0.5), Percentiles.At(stage.Value, 0.95)))];
    }
}
