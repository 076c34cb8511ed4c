using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Access;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Retrieval.Lexical;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AiApp.Integration.Tests.Retrieval;

/// <summary>The lexical leg against BM25 by brute force over 20,000 chunks, and again after updates, deletions and a merge of the statistics.</summary>
public sealed class LexicalExactnessTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const int DocumentCount = 80;
    private const int QueryCount = 300;
    private const int Top = 50;

    // The weights are stored as 32-bit floats.
    private const double Tolerance = 1e-3;

    // The server hands these counts over once a second: until then they hold what the connection did before as well, so that only differences tell.
    private const string CountScans = """
        SELECT pg_stat_get_xact_numscans('lexical_index_by_token'::regclass),
               pg_stat_get_xact_numscans('lexical_index'::regclass) + pg_stat_get_xact_numscans('lexical_index_by_reader_set'::regclass)
               + pg_stat_get_xact_numscans('lexical_index_pkey'::regclass)
        """;

    [Fact]
    public async Task The_best_scores_are_those_of_BM25_also_right_after_new_weights_updates_and_deletions()
    {
        var tenant = await fixture.Api.Services.GetRequiredService<ApiKeyStore>().FindOrAddTenantAsync($"{Guid.NewGuid():N}", CancellationToken.None);
        await using var corpus = new LexicalCorpus(fixture.Api.Database, tenant, seed: 11);
        var documents = new List<Guid>();
        for (var i = 0; i < DocumentCount; i++)
        {
            documents.Add(await corpus.PublishAsync());
        }
        await CompareAsync(corpus, tenant, DocumentCount * LexicalCorpus.ChunksPerDocument);

        Assert.Equal(1, await corpus.AdjustAsync());
        await CompareAsync(corpus, tenant, DocumentCount * LexicalCorpus.ChunksPerDocument);
        await corpus.PublishAsync(documents[0]);
        await corpus.PublishAsync(documents[1]);
        await corpus.DeleteAsync(documents[2]);
        await CompareAsync(corpus, tenant, (DocumentCount - 1) * LexicalCorpus.ChunksPerDocument);
    }

    [Fact]
    public async Task A_caller_of_a_thousand_reader_sets_is_served_by_the_index_of_tokens_alone()
    {
        var tenant = await fixture.Api.Services.GetRequiredService<ApiKeyStore>().FindOrAddTenantAsync($"{Guid.NewGuid():N}", CancellationToken.None);
        await using var corpus = new LexicalCorpus(fixture.Api.Database, tenant, seed: 12);
        for (var i = 0; i < 10; i++)
        {
            await corpus.PublishAsync();
        }
        await fixture.Api.Database.ReadAsync<long>($$"""
            WITH made AS (INSERT INTO reader_set (tenant_id, principals)
                          SELECT {{tenant.Value}}, ARRAY['group:many', 'user:' || lpad(i::text, 4, '0')] FROM generate_series(1, 1000) AS i RETURNING 1)
            SELECT count(*) FROM made
            """);
        var many = PrincipalSet.Of("group:many");
        var scope = await fixture.Api.Services.GetRequiredService<RetrievalStore>().FindScopeAsync(tenant, many, LexicalCorpus.Collection, CancellationToken.None);
        var query = await fixture.Api.Services.GetRequiredService<LexicalStore>().AnalyzeAsync(scope, SearchText.Plain(corpus.NextQuery()), CancellationToken.None);
        var plans = MaxScorePlans.Of(tenant, query.Known);

        await using var batch = fixture.Api.Services.GetRequiredService<NpgsqlDataSource>().ReadAs(tenant, many)
            .Append(CountScans)
            .Append(LexicalSql.Search, tenant, scope.CollectionIds, scope.ReaderSetIds, query.Vector, Top, plans.Thresholds, plans.Plans, plans.Counts, null)
            .Append(CountScans);
        await using var reader = await batch.ExecuteAsCallerAsync(CancellationToken.None);
        var before = await ReadScansAsync(reader);
        await reader.NextResultAsync();
        await reader.NextResultAsync();
        var after = await ReadScansAsync(reader);

        Assert.Equal(1001, scope.ReaderSetIds.Length);
        Assert.InRange(after.ByToken - before.ByToken, 1, plans.Plans.Length);
        Assert.Equal(before.Otherwise, after.Otherwise);
    }

    [Fact]
    public async Task The_levels_of_the_index_are_those_of_the_search()
    {
        var tokens = await fixture.Api.Database.ReadAsync<string>(
            "SELECT string_agg(lexical_tokens(7, ('{10:' || weight || '}/1000000000')::sparsevec)::text, '|' ORDER BY weight) FROM unnest(ARRAY[1.3599, 1.36, 1.6, 1.76, 1.9]::real[]) AS weight");
        var term = new CandidateTerm(new TenantId(7), new QueryTerm("x", 10, 1, 1));

        Assert.Equal(5, term.LevelCount);
        Assert.All(tokens.Split('|').Index(), level => Assert.EndsWith(term.Token(level.Index), level.Item, StringComparison.Ordinal));
        Assert.Equal([1.36, 1.6, 1.76, 1.9], Enumerable.Range(0, 4).Select(term.BoundAt));
    }

    private static async Task<(long ByToken, long Otherwise)> ReadScansAsync(NpgsqlDataReader reader)
    {
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private async Task CompareAsync(LexicalCorpus corpus, TenantId tenant, int chunkCount)
    {
        var expected = await BruteForceBm25.LoadAsync(fixture.Api.Database, tenant);
        Assert.Equal(chunkCount, expected.ChunkCount);
        var scope = await fixture.Api.Services.GetRequiredService<RetrievalStore>()
            .FindScopeAsync(tenant, PrincipalSet.Everyone, LexicalCorpus.Collection, CancellationToken.None);
        var leg = fixture.Api.Services.GetRequiredService<LexicalLeg>();
        for (var i = 0; i < QueryCount; i++)
        {
            var query = corpus.NextQuery();
            var wanted = await expected.ScoreAsync(query, Top);
            var found = (await leg.SearchAsync(scope, SearchText.Plain(query), Top, CancellationToken.None)).Hits;
            Assert.Equal(wanted.Count, found.Count);
            Assert.All(wanted.Zip(found), pair => Assert.Equal(pair.First, pair.Second.Score, Tolerance));
        }
    }
}
