using AiApp.Rag.Access;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Storage;
using Npgsql;
using Pgvector;

namespace AiApp.Integration.Tests.Retrieval;

public sealed class VectorLegTests(VectorFixture fixture) : IClassFixture<VectorFixture>
{
    private const int Depth = 50;
    private const int Questions = 40;

    [Theory]
    [InlineData(1, 20)]
    [InlineData(2, 50)]
    [InlineData(3, 50)]
    [InlineData(4, 50)]
    [InlineData(5, 50)]
    public async Task As_many_chunks_come_back_as_exist_and_they_are_the_nearest(int sets, int expected)
    {
        var scope = await fixture.ScopeAsync(sets);
        var recall = 0.0;
        for (var number = 0; number < Questions; number++)
        {
            var question = VectorFixture.Question(number);
            var hits = await fixture.Store.SearchAsync(scope, fixture.Space, question, Depth, CancellationToken.None);
            var exact = await ListExactAsync(scope, question);

            Assert.Equal(expected, hits.Count);
            Assert.Equal(hits.Select(hit => hit.Score).OrderDescending(), hits.Select(hit => hit.Score));
            recall += hits.Take(10).Count(hit => exact.Contains(hit.ChunkId)) / 10.0;
        }

        Assert.InRange(recall / Questions, sets <= 2 ? 1 : 0.95, 1);
    }

    [Fact]
    public async Task An_index_that_gives_up_is_made_good_by_an_exact_scan()
    {
        // As if the statistics were wrong: too many chunks for an exact scan, so the index is walked first.
        var scope = await fixture.ScopeAsync(1) with { PermittedChunks = VectorFixture.ChunkCount };

        var hits = await fixture.Store.SearchAsync(scope, fixture.Space, VectorFixture.Question(1), Depth, CancellationToken.None);

        Assert.Equal(20, hits.Count);
    }

    [Fact]
    public async Task Another_reader_finds_nothing_even_without_the_predicate_of_the_application()
    {
        var scope = await fixture.ScopeAsync(5) with { Principals = PrincipalSet.Of("group:other") };

        Assert.Empty(await fixture.Store.SearchAsync(scope, fixture.Space, VectorFixture.Question(1), Depth, CancellationToken.None));
    }

    [Theory]
    [InlineData(VectorSql.Nearest, true)]
    [InlineData(VectorSql.Exact, false)]
    public async Task The_plan_is_the_chosen_one_behind_row_level_security_too(string statement, bool usesDistanceIndex)
    {
        var scope = await fixture.ScopeAsync(3);
        await using var batch = fixture.Application.ReadAs(scope.Tenant, scope.Principals);
        if (usesDistanceIndex)
        {
            batch.Append(VectorSql.UseDistanceIndex, 200);
        }
        batch.Append("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) " + fixture.Space.In(statement), scope.Tenant, scope.CollectionIds, scope.ReaderSetIds,
            new HalfVector(Array.ConvertAll(VectorFixture.Question(1), value => (Half)value)), Depth);

        var plan = await ReadLastAsync(batch);

        Assert.Equal(usesDistanceIndex, plan.Contains("_by_distance", StringComparison.Ordinal));
        // The caller is looked up once a statement, not once a row.
        Assert.All(plan.Split('\n').Where(line => line.Contains("Result", StringComparison.Ordinal)), line => Assert.Contains("loops=1", line, StringComparison.Ordinal));
    }

    private async Task<HashSet<long>> ListExactAsync(SearchScope scope, float[] question)
    {
        await using var connection = await fixture.Database.OpenAsync();
        await using var command = new NpgsqlCommand("""
            SET enable_indexscan = off;
            SELECT chunk_id FROM embedding_1 WHERE tenant_id = $TENANT AND reader_set_id = ANY ('$SETS') ORDER BY embedding <=> '$QUESTION' LIMIT 10
            """.Replace("$TENANT", $"{scope.Tenant.Value}").Replace("$SETS", $"{{{string.Join(',', scope.ReaderSetIds)}}}")
            .Replace("$QUESTION", $"[{string.Join(',', question.Select(value => (Half)value))}]"), connection);
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new HashSet<long>();
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetInt64(0));
        }
        return ids;
    }

    private static async Task<string> ReadLastAsync(NpgsqlBatch batch)
    {
        await using var reader = await batch.ExecuteReaderAsync();
        var lines = new List<string>();
        do
        {
            lines.Clear();
            while (await reader.ReadAsync())
            {
                lines.Add(reader.GetString(0));
            }
        }
        while (await reader.NextResultAsync());
        return string.Join('\n', lines);
    }
}
