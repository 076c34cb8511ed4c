using AiApp.Rag.Sources;
using Azure.Storage.Blobs;

namespace AiApp.Integration.Tests.Sources;

public sealed class AzureBlobSourceTests(AzureBlobSourceTests.AzureFixture fixture) : IClassFixture<AzureBlobSourceTests.AzureFixture>
{
    [Fact]
    public async Task Documents_follow_a_container_below_a_prefix()
    {
        var (tenant, container) = (await fixture.NewTenantAsync(), await fixture.NewContainerAsync());
        await PutAsync(container, ("docs/a.md", "one"), ("docs/ümlaut & space.md", "two"), ("docs/empty.md", ""), ("other/c.md", "three"));
        var source = await fixture.AddAsync(tenant, new AzureBlobSettings { Container = container.Uri.Segments[^1], Prefix = "docs/", Secret = "azurite" });

        var first = await fixture.RunAsync(source);
        Assert.Equal((RunOutcome.Completed, new RunCounts(Listed: 3, Added: 2, Rejected: 1)), (first.Outcome!.Value, first.Counts));

        await PutAsync(container, ("docs/a.md", "one changed"), ("docs/new.md", "new"));
        await container.GetBlobClient("docs/ümlaut & space.md").DeleteAsync();
        Assert.Equal(new RunCounts(Listed: 3, Added: 1, Changed: 1, Deleted: 1, Rejected: 1), (await fixture.RunAsync(source)).Counts);
        Assert.Equal(new RunCounts(Listed: 3, Unchanged: 2, Rejected: 1), (await fixture.RunAsync(source)).Counts);
        Assert.Equal(["s/docs/a.md", "s/docs/new.md"], await fixture.UrisAsync(tenant));
    }

    [Fact]
    public async Task A_container_of_several_pages_is_listed_to_its_end()
    {
        var (tenant, container) = (await fixture.NewTenantAsync(), await fixture.NewContainerAsync());
        await Parallel.ForAsync(0, 25, async (n, _) => await PutAsync(container, ($"{n:d2}.md", $"text {n}")));

        var pages = 0;
        await foreach (var page in container.GetBlobsAsync(new()).AsPages(pageSizeHint: 10))
        {
            pages++;
        }
        var run = await fixture.RunAsync(await fixture.AddAsync(tenant, new AzureBlobSettings { Container = container.Uri.Segments[^1], Secret = "azurite" }));

        Assert.Equal((3, 25), (pages, run.Counts.Added));
    }

    [Fact]
    public async Task What_cannot_be_listed_is_told_and_no_secret_with_it()
    {
        var tenant = await fixture.NewTenantAsync();
        foreach (var (settings, code) in new (AzureBlobSettings, string)[]
        {
            (new() { Container = "absent", Secret = "azurite" }, SourceCodes.NotFound),
            (new() { Container = "absent", Secret = "wrong" }, SourceCodes.Forbidden),
            (new() { Container = "absent", Secret = "unheard-of" }, SourceCodes.Validation),
            (new() { Container = "Not/A/Name", Secret = "azurite" }, SourceCodes.Validation),
            (new() { Container = "absent", Secret = "azurite", AccountUrl = "https://evil.example" }, SourceCodes.Forbidden),
            (new() { Container = "absent", AccountUrl = "https://acme.blob.core.windows.net" }, SourceCodes.Forbidden),
            (new() { Container = "absent", Secret = "loopback" }, SourceCodes.DeniedAddress),
        })
        {
            var run = await fixture.RunAsync(await fixture.AddAsync(tenant, settings, $"{settings.Secret}{settings.Container.Length}{settings.AccountUrl?.Length}"));
            var problem = Assert.Single(run.Problems);
            Assert.Equal((RunOutcome.Failed, code), (run.Outcome!.Value, problem.Code));
            Assert.DoesNotContain("AccountKey", problem.Reason, StringComparison.Ordinal);
        }
    }

    private static async Task PutAsync(BlobContainerClient container, params (string Name, string Text)[] blobs)
    {
        foreach (var (name, text) in blobs)
        {
            await container.GetBlobClient(name).UploadAsync(BinaryData.FromString(text), overwrite: true);
        }
    }

    public sealed class AzureFixture : SourceFixture, IAsyncLifetime
    {
        private Azurite _azurite = null!;

        protected override IEnumerable<(string Name, string Value)> Settings =>
        [
            ("Sources:AllowedNetworks:0", "127.0.0.4/32"),
            ("Sources:Secrets:azurite", _azurite.ConnectionString),
            ("Sources:Secrets:wrong", _azurite.ConnectionString.Replace("AccountKey=E", "AccountKey=F", StringComparison.Ordinal)),
            ("Sources:Secrets:loopback", _azurite.ConnectionString.Replace("127.0.0.4", "127.0.0.1", StringComparison.Ordinal)),
        ];

        async Task IAsyncLifetime.InitializeAsync()
        {
            _azurite = await Azurite.StartAsync();
            await InitializeAsync();
        }

        async Task IAsyncLifetime.DisposeAsync()
        {
            await DisposeAsync();
            await _azurite.DisposeAsync();
        }

        internal async Task<BlobContainerClient> NewContainerAsync()
        {
            var container = new BlobContainerClient(_azurite.ConnectionString, $"c{Guid.NewGuid():N}", new BlobClientOptions());
            await container.CreateIfNotExistsAsync();
            return container;
        }
    }
}
