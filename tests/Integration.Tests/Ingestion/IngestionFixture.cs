using System.Text;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Ingestion.Parsing;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Jobs;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace AiApp.Integration.Tests.Ingestion;

/// <summary>The ingestion slices over a database of their own, without workers: each test takes the steps itself.</summary>
public sealed class IngestionFixture : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private IHost _host = null!;

    internal string[] Settings { get; init; } = [];
    internal TestDatabase Database => _database;
    public DocumentStore Documents => Get<DocumentStore>();
    public JobQueue Queue => Get<JobQueue>();
    public IngestionRunner Runner => Get<IngestionRunner>();
    internal CountingParser Parser => (CountingParser)Get<IDocumentParser>();
    internal TestEmbeddings Embeddings => (TestEmbeddings)Get<IEmbeddingGenerator<string, Embedding<float>>>();

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddCommandLine(Settings);
        builder.Configuration["ConnectionStrings:aiapp"] = _database.ConnectionString;
        // The server of the tests may have started a moment ago, which gives every lease one lease of grace.
        builder.Configuration["Jobs:LeaseSeconds"] = "1";
        // A worker that is held up for a moment must not take another way through.
        builder.Configuration["Ingestion:ReadSeconds"] = builder.Configuration["Ingestion:KeepSeconds"] = builder.Configuration["Ingestion:ReleaseSeconds"] = "60";
        builder.Services.AddSingleton<IDocumentParser>(new CountingParser(new InProcessParser(new DocumentReaders(DocumentReaders.All))));
        builder.AddStorage(StorageRole.Worker).AddDocuments().AddJobs().AddIngestion();
        builder.Services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new TestEmbeddings());
        _host = builder.Build();
    }

    public async Task DisposeAsync()
    {
        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }

        await _database.DisposeAsync();
    }

    public async Task<TenantId> NewTenantAsync() =>
        new(await ReadAsync<int>("INSERT INTO tenant (name) VALUES ($1) RETURNING tenant_id", $"tenant {Guid.NewGuid():N}"));

    public Task<AddedDocument> AddAsync(TenantId tenant, string sourceUri, string text, string collection = "default") =>
        AddAsync(tenant, sourceUri, Encoding.UTF8.GetBytes(text), collection);

    public async Task<AddedDocument> AddAsync(TenantId tenant, string sourceUri, byte[] bytes, string collection = "default") =>
        (await Documents.AddAsync(tenant, PrincipalSet.Everyone,
            new NewDocument { Collection = collection, SourceUri = sourceUri, MediaType = "text/markdown", Bytes = bytes }, CancellationToken.None))!;

    /// <summary>Claims until it is this document's turn; what other tests left behind stays claimed.</summary>
    public async Task<Job> ClaimAsync(Guid document)
    {
        while (await Queue.ClaimAsync(CancellationToken.None) is { } job)
        {
            if (job.DocumentId == document)
            {
                return job;
            }
        }

        throw new InvalidOperationException("The document has no job that is due.");
    }

    public async Task<AddedDocument> AddAsync(TenantId tenant, string sourceUri, string text, string[] readers)
    {
        Assert.True(ReaderSet.TryCreate(readers, out var set));
        var document = new NewDocument
        {
            Collection = "default",
            SourceUri = sourceUri,
            MediaType = "text/markdown",
            Bytes = Encoding.UTF8.GetBytes(text),
            Readers = set,
        };
        return (await Documents.AddAsync(tenant, PrincipalSet.Of(readers), document, CancellationToken.None))!;
    }

    public async Task<Document> IngestAsync(TenantId tenant, Guid document, PrincipalSet? caller = null)
    {
        await Runner.RunAsync(await ClaimAsync(document), CancellationToken.None, CancellationToken.None);
        return (await Documents.FindAsync(tenant, caller ?? PrincipalSet.Everyone, document, CancellationToken.None))!;
    }

    public Task ExpireAsync(Job job) =>
        ReadAsync<int>("UPDATE job SET lease_until = now() - interval '1 second' WHERE job_id = $1 RETURNING 1", job.Id);

    /// <summary>As the owner of the schema; the first column of the first row.</summary>
    public async Task<T> ReadAsync<T>(string sql, params object[] arguments)
    {
        await using var connection = await _database.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = argument is TenantId tenant ? tenant.Value : argument });
        }

        return (T)(await command.ExecuteScalarAsync())!;
    }
}
