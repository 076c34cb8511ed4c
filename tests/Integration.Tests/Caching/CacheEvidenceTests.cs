using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Caching;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Integration.Tests.Caching;

/// <summary>A change of documents, rights or settings holds for the very next question.</summary>
public sealed class CacheEvidenceTests(CacheFixture fixture) : IClassFixture<CacheFixture>
{
    private const string Question = "How many days of annual leave do full-time employees have?";

    [Fact]
    public async Task A_new_version_of_what_it_cites_ends_an_answer()
    {
        var tenant = await AskedAsync();
        await tenant.AddAsync("leave.md", Leave(30));

        var answer = await tenant.AskAsync(Question);

        Assert.Equal((null, "miss_evidence_changed"), (answer.Cached, await tenant.ReadResultAsync(answer)));
        Assert.Contains("30 days", answer.Text, StringComparison.Ordinal);
        Assert.Equal(answer.Id, (await tenant.AskAsync(Question)).Cached!.AnswerId);
    }

    [Fact]
    public async Task The_deletion_of_what_it_cites_ends_an_answer()
    {
        var tenant = await AskedAsync();
        await tenant.AddAsync("other.md", "# Sick leave\n\nSick leave of full-time employees is paid for 14 days.\n");
        await tenant.AskAsync(Question, fresh: true);
        await tenant.Client.DeleteDocumentAsync((await tenant.Client.ListDocumentsAsync()).Items.Single(document => document.SourceUri == "leave.md").Id);

        var answer = await tenant.AskAsync(Question);

        Assert.Null(answer.Cached);
        Assert.Equal("miss_evidence_differs", await tenant.ReadResultAsync(answer));
        Assert.DoesNotContain("28 days", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_document_about_it_ends_an_answer()
    {
        var tenant = await AskedAsync();
        await tenant.AddAsync("newer.md", "# Annual leave from 2026\n\nFull-time employees have 31 days of annual leave a year.\n");

        Assert.Equal("miss_evidence_changed", await tenant.ReadResultAsync(Question));
    }

    [Fact]
    public async Task A_document_that_is_opened_to_the_readers_ends_an_answer_and_one_that_is_closed_does()
    {
        var tenant = await fixture.NewTenantAsync("user:anna", "group:hr");
        await tenant.AddAsync("leave.md", Leave(28));
        var board = await tenant.AddAsync("board.md", "# Annual leave of the board\n\nFull-time employees of the board have 40 days of annual leave.\n", "group:hr");
        var bob = await tenant.CreateClientAsync("user:bob");
        var first = await bob.AskAsync(new() { Question = Question });
        Assert.Equal(first.Id, (await bob.AskAsync(new() { Question = Question })).Cached!.AnswerId);

        await tenant.Client.SetReadersAsync(board, ["everyone"]);
        var opened = await bob.AskAsync(new() { Question = Question });
        await bob.AskAsync(new() { Question = Question });
        await tenant.Client.SetReadersAsync(board, ["group:hr"]);
        var closed = await bob.AskAsync(new() { Question = Question });

        Assert.Equal((null, "miss_evidence_changed"), (opened.Cached, await tenant.ReadResultAsync(opened)));
        Assert.DoesNotContain("40 days", closed.Text, StringComparison.Ordinal);
        Assert.All(closed.Passages, passage => Assert.NotEqual(board, passage.DocumentId));
    }

    [Fact]
    public async Task Nobody_gets_an_answer_made_for_other_readers()
    {
        var tenant = await fixture.NewTenantAsync("user:anna", "group:hr");
        await tenant.AddAsync("leave.md", Leave(28));
        await tenant.AddAsync("board.md", "# Annual leave of the board\n\nFull-time employees of the board have 40 days of annual leave.\n", "group:hr");
        await tenant.AskAsync(Question);
        Assert.NotNull((await tenant.AskAsync(Question)).Cached);

        var other = await (await tenant.CreateClientAsync("user:bob")).AskAsync(new() { Question = Question });

        Assert.Null(other.Cached);
        Assert.DoesNotContain("40 days", other.Text, StringComparison.Ordinal);
        // Of the same readers, whoever it is.
        Assert.NotNull((await (await tenant.CreateClientAsync("user:cleo")).AskAsync(new() { Question = Question })).Cached);
    }

    [Fact]
    public async Task Another_tenant_with_the_same_document_has_nothing_of_it()
    {
        await AskedAsync();
        var other = await fixture.NewTenantAsync();
        await other.AddAsync("leave.md", Leave(28));

        Assert.Equal("miss_empty", await other.ReadResultAsync(Question));
    }

    [Fact]
    public async Task A_question_to_one_collection_gets_nothing_of_a_question_to_all()
    {
        var tenant = await AskedAsync();

        var answer = await tenant.Client.AskAsync(new() { Question = Question, Collection = "documents" });

        Assert.Null(answer.Cached);
    }

    [Fact]
    public async Task A_tenant_is_switched_off_and_on()
    {
        var tenant = await AskedAsync();
        var tenants = fixture.Api.Services.GetRequiredService<CacheSwitch>();

        await tenants.SetAsync(tenant.Id, isOn: false, CancellationToken.None);
        var off = await tenant.ReadResultAsync(Question);
        await tenants.SetAsync(tenant.Id, isOn: true, CancellationToken.None);

        Assert.Equal(("bypass", "hit"), (off, await tenant.ReadResultAsync(Question)));
    }

    [Theory]
    [InlineData("--Answering:MaxOutputTokens=999")]
    [InlineData("--Answering:Passages=7")]
    [InlineData("--Retrieval:LexicalWeight=0.31")]
    [InlineData("--Retrieval:Evidence:Neighbours=2")]
    [InlineData("--Retrieval:Vector:EfSearch=121")]
    [InlineData("--Retrieval:Reranker:Endpoint=http://127.0.0.1:9/rerank")]
    [InlineData("--Models:Routes:answer:0=gpt-4.1-mini;--Models:Routes:answer:1=local;--Models:OpenAI:ApiKey=none;--Models:OpenAI:Endpoint=http://127.0.0.1:9/v1")]
    public async Task Another_release_of_models_or_retrieval_has_answers_of_its_own(string settings)
    {
        var tenant = await AskedAsync();
        await using var other = await CachedApi.OverAsync(fixture.Api, settings.Split(';'));

        var answer = await other.AskAsync(await fixture.Api.CreateKeyAsync(tenant.Name), Question);

        Assert.Null(answer.Cached);
    }

    private async Task<CachedTenant> AskedAsync()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.AddAsync("leave.md", Leave(28));
        await tenant.AskAsync(Question);
        Assert.Equal("hit", await tenant.ReadResultAsync(Question));
        return tenant;
    }

    private static string Leave(int days) => $"# Annual leave\n\nFull-time employees have {days} days of annual leave a year.\n";
}
