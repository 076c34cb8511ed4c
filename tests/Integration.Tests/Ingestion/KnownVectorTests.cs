namespace AiApp.Integration.Tests.Ingestion;

/// <summary>What has a vector is not embedded again. Every test has words of its own, so that it finds its calls.</summary>
public sealed class KnownVectorTests(IngestionFixture fixture) : IClassFixture<IngestionFixture>
{
    private const string Three = "# Works\n\n## Boiler\n\nThe boiler of {0} is old. {2}\n\n## Crane\n\nThe crane of {0} is {1}. {2}\n\n## Lamp\n\nThe lamp of {0} is red. {2}";

    // Longer than the shortest chunk, so that no two sections become one.
    private static readonly string Long = string.Join(' ', Enumerable.Range(0, 150).Select(i => $"word{i}"));

    [Fact]
    public async Task A_changed_document_embeds_only_its_changed_chunks()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "works.md", Text("quay", "new"))).DocumentId;
        await fixture.IngestAsync(tenant, id);

        await fixture.AddAsync(tenant, "works.md", Text("quay", "gone"));
        await fixture.IngestAsync(tenant, id);

        var again = Assert.Single(CallsAbout("quay").Skip(1).SelectMany(call => call));
        Assert.Contains("The crane of quay is gone.", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_of_a_document_embeds_nothing()
    {
        var tenant = await fixture.NewTenantAsync();
        foreach (var name in new[] { "one.md", "two.md" })
        {
            await fixture.IngestAsync(tenant, (await fixture.AddAsync(tenant, name, Text("pier", "new"))).DocumentId);
        }

        Assert.Single(CallsAbout("pier"));
        Assert.Equal(1L, await fixture.ReadAsync<long>("SELECT count(DISTINCT embedding::text) FROM embedding_1 JOIN chunk USING (tenant_id, chunk_id) WHERE tenant_id = $1 AND text LIKE '%crane%'", tenant));
    }

    [Fact]
    public async Task Another_tenants_vectors_are_not_looked_at()
    {
        foreach (var tenant in new[] { await fixture.NewTenantAsync(), await fixture.NewTenantAsync() })
        {
            await fixture.IngestAsync(tenant, (await fixture.AddAsync(tenant, "works.md", Text("dock", "new"))).DocumentId);
        }

        Assert.Equal(2, CallsAbout("dock").Count);
    }

    private static string Text(string name, string crane) => Three.Replace("{0}", name, StringComparison.Ordinal).Replace("{1}", crane, StringComparison.Ordinal).Replace("{2}", Long, StringComparison.Ordinal);

    private List<IReadOnlyList<string>> CallsAbout(string word) =>
        [.. fixture.Embeddings.Calls.Where(call => call.Any(text => text.Contains($" {word} ", StringComparison.Ordinal)))];
}
