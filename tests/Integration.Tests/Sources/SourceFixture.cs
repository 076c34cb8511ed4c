using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Sources;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace AiApp.Integration.Tests.Sources;

/// <summary>The slice over a database of its own, in the worker's role, without workers: each test makes the runs itself.</summary>
public class SourceFixture : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private IHost _host = null!;

    internal TestDatabase Database => _database;
    public SourceStore Store => Get<SourceStore>();
    public DocumentStore Documents => Get<DocumentStore>();
    internal SourceQueue Queue => Get<SourceQueue>();

    /// <summary>Sources may be read below it.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("aiapp-sources-").FullName;

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _host = Build();
    }

    /// <summary>One more worker over the same database.</summary>
    internal IHost Build(params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["ConnectionStrings:aiapp"] = _database.ConnectionString;
        builder.Configuration["Sources:FolderRoots:0"] = Root;
        builder.Configuration["Sources:CacheFolder"] = Path.Combine(Root, ".cache");
        builder.Configuration["Sources:WebDelayMs"] = "0";
        // The server of the tests may have started a moment ago, which gives every lease one lease of grace.
        builder.Configuration["Sources:LeaseSeconds"] = "1";
        foreach (var (name, value) in settings.Concat(Settings))
        {
            builder.Configuration[name] = value;
        }
        builder.AddStorage(StorageRole.Worker).AddDocuments().AddSources();
        Configure(builder);
        return builder.Build();
    }

    protected virtual IEnumerable<(string Name, string Value)> Settings => [];

    protected virtual void Configure(IHostApplicationBuilder builder)
    {
    }

    public async Task DisposeAsync()
    {
        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }
        await _database.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }

    public async Task<TenantId> NewTenantAsync() =>
        new(await ReadAsync<int>("INSERT INTO tenant (name) VALUES ($1) RETURNING tenant_id", $"tenant {Guid.NewGuid():N}"));

    public async Task<Source> AddAsync(TenantId tenant, SourceSettings settings, string name = "s", params string[] readers)
    {
        _ = ReaderSet.TryCreate(readers, out var set);
        return (await Store.AddAsync(tenant, PrincipalSet.Of(readers), new NewSource
        {
            Name = name,
            Settings = settings,
            Collection = "default",
            Readers = set ?? ReaderSet.Everyone,
            Interval = TimeSpan.FromDays(1),
            Enabled = true,
        }, CancellationToken.None))!;
    }

    /// <summary>The report of the source's next run.</summary>
    public async Task<SourceRun> RunAsync(Source source)
    {
        var caller = PrincipalSet.Of(source.Readers);
        var before = (await Store.FindAsync(source.Tenant, caller, source.Id, CancellationToken.None))!.LastRun?.Id ?? 0;
        await Store.RequestRunAsync(source.Tenant, caller, source.Id, CancellationToken.None);
        while (true)
        {
            Assert.True(await Get<SourceRunner>().RunNextAsync(CancellationToken.None));
            if ((await Store.FindAsync(source.Tenant, caller, source.Id, CancellationToken.None))!.LastRun is { FinishedAt: not null } run && run.Id > before)
            {
                return run;
            }
        }
    }

    public async Task<List<string>> UrisAsync(TenantId tenant, params string[] principals)
    {
        var page = await Documents.ListAsync(tenant, PrincipalSet.Of(principals), null, null, 500, CancellationToken.None);
        return [.. page.Items.Select(document => document.SourceUri).Order(StringComparer.Ordinal)];
    }

    public async Task<Document> DocumentAsync(TenantId tenant, string uri) =>
        (await Documents.ListAsync(tenant, PrincipalSet.Everyone, null, null, 500, CancellationToken.None)).Items.Single(document => document.SourceUri == uri);

    public string NewFolder() => Directory.CreateDirectory(Path.Combine(Root, Guid.NewGuid().ToString("N"))).FullName;

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
