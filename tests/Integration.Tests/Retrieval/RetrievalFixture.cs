using System.Text;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Integration.Tests.Retrieval;

/// <summary>The Api and the ingestion over one database, with chunks of a few sentences; each test makes its own tenant.</summary>
public sealed class RetrievalFixture : IAsyncLifetime
{
    internal TestApi Api { get; private set; } = null!;
    internal TestWorker Worker { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Api = await TestApi.StartAsync(settings: "--Retrieval:LegDepth=10");
        Worker = new TestWorker(Api.Database, "--Chunking:MaxTokensPerChunk=64", "--Chunking:MinTokensPerChunk=0");
    }

    public async Task DisposeAsync()
    {
        Worker.Dispose();
        await Api.DisposeAsync();
    }

    public async Task<TestTenant> NewTenantAsync()
    {
        var name = $"tenant {Guid.NewGuid():N}";
        var client = new AiAppClient(Api.CreateHttp(await Api.CreateKeyAsync(name)));
        return new(this, await Get<ApiKeyStore>().FindOrAddTenantAsync(name, CancellationToken.None), client);
    }

    public T Get<T>() where T : notnull => Api.Services.GetRequiredService<T>();
}

public sealed record TestTenant(RetrievalFixture Fixture, TenantId Id, AiAppClient Client)
{
    /// <summary>Uploads the Markdown without reading it.</summary>
    public async Task<Guid> AddAsync(string sourceUri, string markdown, string collection = "default") =>
        (await Fixture.Get<DocumentStore>().AddAsync(Id, PrincipalSet.Everyone, new NewDocument
        {
            Collection = collection,
            SourceUri = sourceUri,
            MediaType = "text/markdown",
            Bytes = Encoding.UTF8.GetBytes(markdown),
        }, CancellationToken.None))!.DocumentId;

    public async Task<Guid> IngestAsync(string sourceUri, string markdown, string collection = "default")
    {
        var id = await AddAsync(sourceUri, markdown, collection);
        await Fixture.Worker.DrainAsync();
        return id;
    }

    public async Task<IReadOnlyList<RetrievedChunk>> RetrieveAsync(string question, int top = 10) =>
        (await Fixture.Get<IRetriever>().RetrieveAsync(new() { Tenant = Id, Text = question, Top = top }, CancellationToken.None)).Chunks;

    public async Task<string> ReadTextAsync(RetrievedChunk passage) =>
        (await Fixture.Get<DocumentStore>().FindTextAsync(Id, PrincipalSet.Everyone, passage.DocumentId, passage.VersionId, CancellationToken.None))!.Text;
}
