using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Retrieval;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AiApp.Integration.Tests.Retrieval;

/// <summary>What a search has found is found again without searching, and only while it would be found.</summary>
public sealed class RememberingTests(RetrievalFixture fixture) : IClassFixture<RetrievalFixture>
{
    private const string Question = "What is the harbour fee?";

    [Fact]
    public async Task The_same_search_finds_the_same_without_searching()
    {
        var tenant = await FoundAsync();
        var first = await FindAsync(tenant, "What is the fee of the harbour?");

        var second = await FindAsync(tenant, "What is the fee of the harbour?");

        Assert.Equal((false, true), (IsRemembered(first), IsRemembered(second)));
        Assert.Equal(first.Chunks, second.Chunks);
    }

    [Fact]
    public async Task A_new_version_is_found_at_once()
    {
        var tenant = await FoundAsync();
        await tenant.IngestAsync("fee.md", "# Fee\n\nThe harbour fee is 12 crowns.");

        Assert.Equal("The harbour fee is 12 crowns.", Assert.Single((await FindAsync(tenant)).Chunks).Text);
        Assert.True(IsRemembered(await FindAsync(tenant)));
    }

    [Fact]
    public async Task A_new_document_is_found_at_once()
    {
        var tenant = await FoundAsync();
        await tenant.IngestAsync("yachts.md", "# Yachts\n\nYachts pay a harbour fee of 30 crowns.");

        Assert.Equal(2, (await FindAsync(tenant)).Chunks.Count);
    }

    [Fact]
    public async Task A_deleted_document_is_gone_at_once()
    {
        var tenant = await FoundAsync();
        var fee = (await FindAsync(tenant)).Chunks[0].DocumentId;

        await fixture.Get<DocumentStore>().DeleteAsync(tenant.Id, PrincipalSet.Everyone, fee, CancellationToken.None);

        Assert.Empty((await FindAsync(tenant)).Chunks);
    }

    [Fact]
    public async Task A_document_that_is_closed_to_the_caller_is_gone_at_once_and_found_when_it_is_opened()
    {
        var tenant = await FoundAsync();
        var fee = (await FindAsync(tenant)).Chunks[0].DocumentId;

        await SetReadersAsync(tenant, fee, "group:harbour");
        var closed = await FindAsync(tenant);
        await SetReadersAsync(tenant, fee, Principal.Everyone);

        Assert.Empty(closed.Chunks);
        Assert.Single((await FindAsync(tenant)).Chunks);
    }

    [Fact]
    public async Task Another_caller_is_searched_for()
    {
        var tenant = await FoundAsync();

        Assert.False(IsRemembered(await FindAsync(tenant, principals: PrincipalSet.Of("group:harbour"))));
    }

    [Fact]
    public async Task A_change_of_another_collection_leaves_what_was_found_in_this_one()
    {
        var tenant = await FoundAsync();
        await FindAsync(tenant, collection: "default");
        await FindAsync(tenant);

        await tenant.IngestAsync("weather.md", "# Weather\n\nThe harbour is closed in fog.", "weather");

        Assert.True(IsRemembered(await FindAsync(tenant, collection: "default")));
        Assert.False(IsRemembered(await FindAsync(tenant)));
    }

    [Fact]
    public async Task A_change_that_began_before_the_search_and_ended_after_it_is_found()
    {
        var tenant = await FoundAsync();
        await using var connection = await fixture.Api.Database.OpenAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var rename = new NpgsqlCommand("UPDATE document SET source_uri = 'fees.md' WHERE tenant_id = $1", connection, transaction)
            {
                Parameters = { new() { Value = tenant.Id.Value } },
            };
            await rename.ExecuteNonQueryAsync();
            Assert.Equal("fee.md", (await FindAsync(tenant, "How high is the harbour fee?")).Chunks[0].SourceUri);
            await transaction.CommitAsync();
        }

        Assert.Equal("fees.md", (await FindAsync(tenant, "How high is the harbour fee?")).Chunks[0].SourceUri);
    }

    [Fact]
    public async Task Changes_are_forgotten_long_after_every_process_has_forgotten_its_searches()
    {
        var tenant = await FoundAsync();
        await fixture.Api.Database.ReadAsync<int>($"UPDATE index_change SET changed_at = now() - interval '3 days' WHERE tenant_id = {tenant.Id.Value} RETURNING 1");

        await fixture.Worker.Services.GetRequiredService<Housekeeping>().RunAsync(CancellationToken.None);

        Assert.Equal(0, await fixture.Api.Database.ReadAsync<long>($"SELECT count(*) FROM index_change WHERE tenant_id = {tenant.Id.Value}"));
    }

    private async Task<TestTenant> FoundAsync()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.IngestAsync("fee.md", "# Fee\n\nThe harbour fee is 10 crowns.");
        Assert.Single((await FindAsync(tenant)).Chunks);
        return tenant;
    }

    private Task<RetrievalResult> FindAsync(TestTenant tenant, string question = Question, PrincipalSet? principals = null, string? collection = null) =>
        fixture.Get<IRetriever>().RetrieveAsync(
            new() { Tenant = tenant.Id, Text = question, Principals = principals ?? PrincipalSet.Everyone, Collection = collection }, CancellationToken.None);

    private async Task SetReadersAsync(TestTenant tenant, Guid document, string reader)
    {
        Assert.True(ReaderSet.TryCreate([reader], out var readers));
        Assert.NotNull(await fixture.Get<DocumentStore>().SetReadersAsync(tenant.Id, PrincipalSet.Of("group:harbour"), document, readers, CancellationToken.None));
    }

    private static bool IsRemembered(RetrievalResult found) => found.Stages.Select(stage => stage.Name).SequenceEqual(["remembered"]);
}
