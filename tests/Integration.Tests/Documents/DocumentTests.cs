using System.Net;
using System.Net.Http.Json;
using System.Text;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;

namespace AiApp.Integration.Tests.Documents;

public sealed class DocumentTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Pages_hold_every_document_once()
    {
        var key = await fixture.Api.CreateKeyAsync($"tenant {Guid.NewGuid():N}");
        using var http = fixture.Api.CreateHttp(key);
        var client = new AiAppClient(http);
        await client.UploadAsync(Enumerable.Range(0, 7).Select(n => File($"{n}.txt", $"text {n}")));

        var seen = new List<DocumentDto>();
        string? cursor = null;
        do
        {
            var page = await client.ListDocumentsAsync(cursor, limit: 3);
            seen.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(0, 7).Select(n => $"{n}.txt"), seen.Select(document => document.SourceUri).Order());
        using var first = await http.GetAsync("/api/documents?limit=3&status=waiting");
        Assert.Matches("^</api/documents\\?limit=3&cursor=.+&status=waiting>; rel=\"next\"$", Assert.Single(first.Headers.GetValues("Link")));
    }

    [Fact]
    public async Task A_deleted_document_is_gone()
    {
        var client = await fixture.Api.CreateClientAsync();
        var id = (await client.UploadAsync([File("a.txt", "text")])).Files[0].DocumentId!.Value;

        await client.DeleteDocumentAsync(id);

        var gone = await Assert.ThrowsAsync<AiAppException>(() => client.GetDocumentAsync(id));
        Assert.Equal(ProblemCodes.NotFound, gone.Problem.Code);
    }

    [Fact]
    public async Task A_tenant_sees_nothing_of_another()
    {
        var owner = await fixture.Api.CreateClientAsync();
        var other = await fixture.Api.CreateClientAsync();
        var id = (await owner.UploadAsync([File("a.txt", "text")])).Files[0].DocumentId!.Value;

        Assert.Empty((await other.ListDocumentsAsync()).Items);
        await Assert.ThrowsAsync<AiAppException>(() => other.GetDocumentAsync(id));
        await Assert.ThrowsAsync<AiAppException>(() => other.DeleteDocumentAsync(id));
    }

    [Fact]
    public async Task A_watcher_hears_of_an_upload()
    {
        var client = await fixture.Api.CreateClientAsync();
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var changes = client.WatchDocumentsAsync(enough.Token).GetAsyncEnumerator(enough.Token);

        var next = changes.MoveNextAsync().AsTask();
        await client.UploadAsync([File("news.txt", "text")]);

        Assert.True(await next);
        Assert.Equal("news.txt", changes.Current.SourceUri);
        await enough.CancelAsync();
    }

    [Fact]
    public async Task The_sample_corpus_is_seeded_once()
    {
        await using var api = await TestApi.StartAsync(settings: $"--Samples:Folder={Architecture.Repository.Path("samples")}");
        using var http = api.CreateHttp();

        var first = await SeedAsync(http);
        var second = await SeedAsync(http);

        Assert.Contains(first.Files, file => file is { SourceUri: "handbook/annual-leave.md", Outcome: "accepted" });
        Assert.DoesNotContain(second.Files, file => file.Outcome == "accepted");
    }

    [Fact]
    public async Task A_folder_is_imported_for_a_developer_here_and_for_nobody_else()
    {
        var folder = Directory.CreateTempSubdirectory("aiapp-import-");
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder.FullName, "a.md"), "# A");
        try
        {
            var request = new FolderImportRequest { Folder = folder.FullName, Collection = "imported" };
            using var developer = fixture.Api.CreateHttp();
            using var elsewhere = fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync());
            elsewhere.DefaultRequestHeaders.Host = "aiapp.example";

            var imported = await new AiAppClient(developer).ImportFolderAsync(request);
            using var refused = await elsewhere.PostAsJsonAsync("/api/documents/import", request);

            Assert.Equal(("a.md", "accepted"), (imported.Files[0].SourceUri, imported.Files[0].Outcome));
            await refused.ReadProblemAsync(HttpStatusCode.Forbidden, ProblemCodes.Forbidden);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<UploadResultDto> SeedAsync(HttpClient http)
    {
        using var response = await http.PostAsync("/api/samples/seed", null);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<UploadResultDto>())!;
    }

    private static (string Name, Stream Content) File(string name, string text) => (name, new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
