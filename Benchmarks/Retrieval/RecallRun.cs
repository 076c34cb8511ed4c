using AiApp.Benchmarks.Measuring;
using AiApp.Benchmarks.Retrieval.Exact;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Retrieval.Configuration;

namespace AiApp.Benchmarks.Retrieval;

/// <summary>What a caller gets who may read a share of the corpus: means over queries of recall@10 against exact search.</summary>
internal sealed record FilterResult
{
    public required double Percent { get; init; }
    public required long PermittedChunks { get; init; }
    public required double LexicalRecall { get; init; }
    public required double VectorRecall { get; init; }

    /// <summary>Of the fused list, against the fusion of both exact lists.</summary>
    public required double RetrieverRecall { get; init; }

    /// <summary>Queries for which fewer than ten chunks came back although there were ten.</summary>
    public required int Short { get; init; }

    /// <summary>Chunks in the lists of the legs and of the retriever that the caller may not read: there must be none.</summary>
    public required int Foreign { get; init; }
    public required Measurement Lexical { get; init; }
    public required Measurement Vector { get; init; }
    public required Measurement Retriever { get; init; }
}

/// <summary>Mean recall@10 of a raw statement against exact search.</summary>
internal sealed record FloorRecall(string Name, double Recall, int Queries);

/// <summary>How much of the exact results is found, by callers of every share and by the floors.</summary>
internal sealed class RecallRun(ExactIndex index, Legs legs, RetrievalConfiguration configuration, RetrievalBenchmarkSettings settings, TimeProvider clock)
{
    private const int Queries = 200;

    public async Task<List<FilterResult>> MeasureAsync(IReadOnlyList<PreparedQuery> queries, CancellationToken ct)
    {
        List<PreparedQuery> judged = [.. queries.Take(Queries)];
        var results = new List<FilterResult>();
        foreach (var reader in BenchmarkReaders.All)
        {
            var scope = await legs.FindScopeAsync(reader.Principals, ct);
            // A corpus that was built without these readers is readable by all or by nobody.
            if (scope.PermittedChunks > 0 && results.TrueForAll(result => result.PermittedChunks != scope.PermittedChunks))
            {
                results.Add(await MeasureAsync(reader, scope, judged, ct));
            }
        }
        return results;
    }

    public async Task<List<FloorRecall>> MeasureAsync(Floors floors, IReadOnlyList<PreparedQuery> queries, IReadOnlySet<int> readerSets, CancellationToken ct)
    {
        var results = new List<FloorRecall>();
        foreach (var floor in floors.All.Where(floor => floor.Ranks))
        {
            var recalls = new List<double>();
            foreach (var query in queries.Take(floor.Name == Floors.BuiltInRanking ? SizeRun.SlowQueries : Queries))
            {
                var exact = floor.Name == Floors.BuiltInRanking ? index.ScoreLexemes(query.Terms) : index.ScoreVectors(query.Embedding);
                recalls.AddIfAny(Recall.At(Legs.Top, exact.Top(readerSets, Legs.Top), await floor.CallAsync(query, ct), id => exact.Of(id, readerSets)));
            }
            results.Add(new(floor.Name, recalls.Average(), recalls.Count));
        }
        return results;
    }

    private async Task<FilterResult> MeasureAsync(Reader reader, SearchScope scope, List<PreparedQuery> queries, CancellationToken ct)
    {
        var readerSets = scope.ReaderSetIds.ToHashSet();
        List<double> lexicalRecalls = [], vectorRecalls = [], retrieverRecalls = [];
        var (tooShort, foreign) = (0, 0);
        foreach (var query in queries)
        {
            var lexical = index.ScoreLexemes(query.Terms);
            var vector = index.ScoreVectors(query.Embedding);
            var (lexicalTop, vectorTop) = (lexical.Top(readerSets, legs.Depth), vector.Top(readerSets, legs.Depth));
            var fused = ScoreFusion.Fuse(lexicalTop, vectorTop, configuration).Select(hit => new LegHit(hit.ChunkId, hit.Score)).ToList();
            var fusedScores = fused.ToDictionary(hit => hit.ChunkId, hit => hit.Score);
            var found = (await legs.RankAsync(query.Query.Text, reader.Principals, ct)).Chunks.Select(chunk => chunk.ChunkId).ToList();
            var lexicalFound = Ids((await legs.SearchLexicalAsync(scope, query.Query.Text, ct)).Hits);
            var vectorFound = Ids(await legs.SearchVectorAsync(scope, query.Query.Text, ct));
            lexicalRecalls.AddIfAny(Recall.At(Legs.Top, lexicalTop, lexicalFound, id => lexical.Of(id, readerSets)));
            vectorRecalls.AddIfAny(Recall.At(Legs.Top, vectorTop, vectorFound, id => vector.Of(id, readerSets)));
            retrieverRecalls.AddIfAny(Recall.At(Legs.Top, fused, found, id => fusedScores.TryGetValue(id, out var score) ? score : null));
            foreign += lexicalFound.Concat(vectorFound).Concat(found).Count(id => vector.Of(id, readerSets) is null);
            tooShort += found.Count < Math.Min(Legs.Top, scope.PermittedChunks) ? 1 : 0;
        }
        var measured = await new Load<PreparedQuery>(queries, settings.Rounds, clock).MeasureAsync(
            [
                new("lexical leg", 1, (query, token) => legs.SearchLexicalAsync(scope, query.Query.Text, token)),
                new("vector leg", 1, (query, token) => legs.SearchVectorAsync(scope, query.Query.Text, token)),
                new("retriever", 1, (query, token) => legs.RetrieveAsync(query.Query.Text, reader.Principals, token)),
            ],
            ct);
        return new()
        {
            Percent = reader.Percent,
            PermittedChunks = scope.PermittedChunks,
            LexicalRecall = lexicalRecalls.DefaultIfEmpty(1).Average(),
            VectorRecall = vectorRecalls.DefaultIfEmpty(1).Average(),
            RetrieverRecall = retrieverRecalls.DefaultIfEmpty(1).Average(),
            Short = tooShort,
            Foreign = foreign,
            Lexical = measured[0],
            Vector = measured[1],
            Retriever = measured[2],
        };
    }

    private static List<long> Ids(IEnumerable<LegHit> hits) => [.. hits.Select(hit => hit.ChunkId)];
}

internal static class Recalls
{
    public static void AddIfAny(this List<double> recalls, double? recall)
    {
        if (recall is { } value)
        {
            recalls.Add(value);
        }
    }
}
