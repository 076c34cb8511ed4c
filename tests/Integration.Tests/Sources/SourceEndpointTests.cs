using System.Net;
using System.Net.Http.Json;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Documents;
using AiApp.Rag.Sources;
using AiApp.Rag.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AiApp.Integration.Tests.Sources;

public sealed class SourceEndpointTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_source_lives_from_its_making_to_its_removal()
    {
        using var folder = new Folder(("a.md", "one"), ("b.md", "two"));
        var client = await fixture.Api.CreateClientAsync();
        using var worker = Worker(folder.Path);
        var request = new SourceRequest { Name = "Handbook", Collection = "handbook", IntervalSeconds = 3600, Folder = new() { Path = folder.Path } };

        var tried = await client.TestSourceAsync(request);
        var made = await client.AddSourceAsync(request);
        await DrainAsync(worker);
        var ran = await client.GetSourceAsync(made.Id);

        Assert.Contains(tried.FirstItem, new[] { "a.md", "b.md" });
        Assert.Equal(("folder", SourceStates.Idle, 2, "completed", 2), (ran.Kind, ran.State, ran.DocumentCount, ran.LastRun!.Outcome, ran.LastRun.Added));
        Assert.True(ran.NextRunAt > ran.LastRun.FinishedAt);
        Assert.Equal(made.Id, Assert.Single(await client.ListSourcesAsync()).Id);

        var disabled = await client.DisableSourceAsync(made.Id);
        await client.RunSourceAsync(made.Id);
        await DrainAsync(worker);
        Assert.Equal((SourceStates.Disabled, 2), (disabled.State, (await client.ListSourceRunsAsync(made.Id)).Items.Count));
        Assert.True((await client.EnableSourceAsync(made.Id)).Enabled);

        var replaced = await client.ReplaceSourceAsync(made.Id, request with { Name = "Renamed", IntervalSeconds = 60 });
        Assert.Equal(("Renamed", 60), (replaced.Name, replaced.IntervalSeconds));

        await client.RemoveSourceAsync(made.Id, documents: true);
        Assert.Equal(SourceStates.Removing, (await client.GetSourceAsync(made.Id)).State);
        await DrainAsync(worker);
        Assert.Empty(await client.ListSourcesAsync());
        Assert.Empty((await client.ListDocumentsAsync()).Items);
    }

    [Fact]
    public async Task Held_deletions_are_shown_and_let_go_by_a_person()
    {
        using var folder = new Folder(("a.md", "one"));
        var client = await fixture.Api.CreateClientAsync();
        using var worker = Worker(folder.Path);
        var source = await client.AddSourceAsync(new() { Name = "s", Folder = new() { Path = folder.Path } });
        await DrainAsync(worker);
        var early = await Assert.ThrowsAsync<AiAppException>(() => client.ConfirmSourceAsync(source.Id));
        File.Delete(Path.Combine(folder.Path, "a.md"));
        await client.RunSourceAsync(source.Id);
        await DrainAsync(worker);

        var held = await client.GetSourceAsync(source.Id);
        var another = await Assert.ThrowsAsync<AiAppException>(() => client.ConfirmSourceAsync(source.Id, seen: 2));
        var confirmed = await client.ConfirmSourceAsync(source.Id, seen: 1);
        var asked = await client.GetSourceAsync(source.Id);
        await DrainAsync(worker);

        Assert.Equal(ProblemCodes.Conflict, early.Problem.Code);
        Assert.Equal((ProblemCodes.Conflict, "1 deletions are held by now, not 2: look again."), (another.Problem.Code, another.Problem.Detail));
        Assert.Equal((true, 1), (asked.Requested, asked.ConfirmedDeletions));
        Assert.Equal((SourceStates.Held, 1, 1), (held.State, held.LastRun!.Held, confirmed.Deletions));
        Assert.Equal((SourceStates.Idle, 0), ((await client.GetSourceAsync(source.Id)).State, (await client.ListDocumentsAsync()).Items.Count));
    }

    [Fact]
    public async Task Another_tenant_and_a_caller_who_may_not_read_its_documents_do_not_see_a_source()
    {
        using var folder = new Folder(("a.md", "one"));
        var tenant = $"tenant {Guid.NewGuid():N}";
        var hr = new AiAppClient(fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync(tenant, false, "group:hr")));
        var colleague = new AiAppClient(fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync(tenant)));
        var stranger = await fixture.Api.CreateClientAsync();
        var source = await hr.AddSourceAsync(new() { Name = "s", Readers = ["group:hr"], Folder = new() { Path = folder.Path } });

        foreach (var other in new[] { colleague, stranger })
        {
            Assert.Empty(await other.ListSourcesAsync());
            foreach (var call in new Func<Task>[]
            {
                () => other.GetSourceAsync(source.Id), () => other.RunSourceAsync(source.Id), () => other.ConfirmSourceAsync(source.Id), () => other.DisableSourceAsync(source.Id),
                () => other.ListSourceRunsAsync(source.Id), () => other.RemoveSourceAsync(source.Id, true),
                () => other.ReplaceSourceAsync(source.Id, new() { Name = "s", Folder = new() { Path = folder.Path } }),
            })
            {
                Assert.Equal(ProblemCodes.NotFound, (await Assert.ThrowsAsync<AiAppException>(call)).Problem.Code);
            }
        }
        Assert.Equal(ProblemCodes.Conflict, (await Assert.ThrowsAsync<AiAppException>(
            () => colleague.AddSourceAsync(new() { Name = "s", Folder = new() { Path = folder.Path } }))).Problem.Code);
        Assert.True((await hr.GetSourceAsync(source.Id)).Enabled);
    }

    [Theory]
    [InlineData("""{"name":"","folder":{"path":"/x"}}""", "name")]
    [InlineData("""{"name":"a/b","folder":{"path":"/x"}}""", "name")]
    [InlineData("""{"name":"..","folder":{"path":"/x"}}""", "name")]
    [InlineData("""{"name":"a"}""", "folder")]
    [InlineData("""{"name":"a","folder":{"path":"/x"},"git":{"repository":"https://example.com/a"}}""", "folder")]
    [InlineData("""{"name":"a","intervalSeconds":1,"folder":{"path":"/x"}}""", "intervalSeconds")]
    [InlineData("""{"name":"a","folder":{"path":"relative"}}""", "folder")]
    [InlineData("""{"name":"a","folder":{"path":"/no/such/folder"}}""", "folder")]
    [InlineData("""{"name":"a","web":{}}""", "web")]
    [InlineData("""{"name":"a","web":{"urls":["http://127.0.0.1/"]}}""", "web")]
    [InlineData("""{"name":"a","web":{"urls":["file:///etc/passwd"]}}""", "web")]
    [InlineData("""{"name":"a","git":{"repository":"ext::sh -c id"}}""", "git")]
    [InlineData("""{"name":"a","git":{"repository":"https://localhost/a"}}""", "git")]
    [InlineData("""{"name":"a","git":{"repository":"https://example.com/a","branch":"a..b"}}""", "git.branch")]
    [InlineData("""{"name":"a","git":{"repository":"https://8.8.8.8/a","secret":"absent"}}""", "git.secret")]
    [InlineData("""{"name":"a","git":{"repository":"https://example.com/a","secret":"https://user:token@example.com"}}""", "git.secret")]
    [InlineData("""{"name":"a","git":{"repository":"https://example.com/a","include":[""]}}""", "git.include")]
    [InlineData("""{"name":"a","folder":{"path":""}}""", "folder")]
    [InlineData("""{"name":"a","azureBlob":{"container":"A"}}""", "azureBlob.container")]
    [InlineData("""{"name":"a","azureBlob":{"container":"abc"}}""", "azureBlob.accountUrl")]
    [InlineData("""{"name":"a","azureBlob":{"container":"abc","accountUrl":"https://10.0.0.1"}}""", "azureBlob.secret")]
    [InlineData("""{"name":"a","readers":["group:other"],"folder":{"path":"/x"}}""", "readers")]
    [InlineData("""{"name":"a","collection":"","folder":{"path":"/x"}}""", "collection")]
    public async Task A_source_that_cannot_be_is_refused_and_the_field_named(string body, string field)
    {
        using var http = fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync($"tenant {Guid.NewGuid():N}"));
        foreach (var address in new[] { "/api/sources", "/api/sources/test" })
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(address, content);
            Assert.Contains(field, (await response.ReadProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.Validation)).Errors!.Keys);
        }
    }

    [Fact]
    public async Task A_folder_outside_of_the_roots_is_refused_to_whoever_is_not_a_developer_on_the_machine()
    {
        await using var api = await TestApi.StartAsync("Production", settings: ["--ApiKeys:Pepper=a long random value of a test, for a test"]);
        using var folder = new Folder(("a.md", "one"));
        using var http = api.CreateHttp(await api.CreateKeyAsync());

        using var response = await http.PostAsJsonAsync("/api/sources", new SourceRequest { Name = "s", Folder = new() { Path = folder.Path } });

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.Validation);
        Assert.Contains("Sources:FolderRoots", problem.Detail, StringComparison.Ordinal);
    }

    private IHost Worker(string root)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["ConnectionStrings:aiapp"] = fixture.Api.Database.ConnectionString;
        builder.Configuration["Sources:FolderRoots:0"] = root;
        builder.AddStorage(StorageRole.Worker).AddDocuments().AddSources();
        return builder.Build();
    }

    private static async Task DrainAsync(IHost worker)
    {
        while (await worker.Services.GetRequiredService<SourceRunner>().RunNextAsync(CancellationToken.None))
        {
        }
    }

    private sealed class Folder : IDisposable
    {
        public Folder(params (string Path, string Text)[] files) => FolderSourceTests.Write(Path, files);

        public string Path { get; } = Directory.CreateTempSubdirectory("aiapp-source-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
