using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace AiApp.Integration.Tests.Caching;

/// <summary>One Api with a cache, and a worker over the same database; each test makes its own tenant.</summary>
public sealed class CacheFixture : IAsyncLifetime
{
    internal TestApi Api { get; private set; } = null!;
    internal TestWorker Worker { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Api = await StartAsync();
        Worker = new TestWorker(Api.Database);
    }

    public async Task DisposeAsync()
    {
        Worker.Dispose();
        await Api.DisposeAsync();
    }

    internal static Task<TestApi> StartAsync(params string[] settings) => StartAsync(null, settings);

    /// <summary>Patient with Redis, unless the settings say how patient it is.</summary>
    internal static async Task<TestApi> StartAsync(Action<WebApplicationBuilder>? configure, params string[] settings)
    {
        var api = await TestApi.StartAsync(configure: configure, settings: [$"--ConnectionStrings:redis={PatientRedis.NewPart()}", .. settings]);
        if (!settings.Any(setting => setting.StartsWith("--Cache:TimeoutMs", StringComparison.Ordinal)))
        {
            await PatientRedis.ConnectAsync(api.Services);
        }
        return api;
    }

    internal Task<CachedTenant> NewTenantAsync(params string[] principals) => CachedTenant.CreateAsync(Api, Worker, principals);
}

/// <summary>An Api of its own, with a cache, and a worker over the same database.</summary>
internal sealed class CachedService(TestApi api) : IAsyncDisposable
{
    private readonly TestWorker _worker = new(api.Database);

    public TestApi Api { get; } = api;

    public static Task<CachedService> StartAsync(params string[] settings) => StartAsync(null, settings);

    public static async Task<CachedService> StartAsync(Action<WebApplicationBuilder>? configure, params string[] settings) =>
        new(await CacheFixture.StartAsync(configure, settings));

    public Task<CachedTenant> NewTenantAsync() => CachedTenant.CreateAsync(Api, _worker);

    public Task DrainAsync() => _worker.DrainAsync();

    public async ValueTask DisposeAsync()
    {
        _worker.Dispose();
        await Api.DisposeAsync();
    }
}

/// <summary>A tenant with documents, and what Redis holds for it.</summary>
internal sealed class CachedTenant
{
    // Without other documents no word says which one is meant.
    private static readonly string[] Others =
    [
        "The canteen has many dishes every day, and a soup.", "Bicycles are kept behind the house, under the roof.", "The printer on the second floor needs paper of its own kind.",
        "Visitors sign the book at the door and get a badge.", "Plants are watered by whoever comes first.", "The lift carries eight persons, and no more.",
        "Windows are closed in the evening.", "Coffee is ground anew for each cup.", "Keys are returned to the desk.", "The alarm is tested on the first Monday.",
        "The car park has room for forty cars.", "Letters go out at noon.",
    ];

    private readonly TestApi _api;
    private readonly TestWorker _worker;

    private CachedTenant(TestApi api, TestWorker worker, string name, TenantId id, AiAppClient client) =>
        (_api, _worker, Name, Id, Client) = (api, worker, name, id, client);

    public string Name { get; }
    public TenantId Id { get; }
    public AiAppClient Client { get; }

    public static async Task<CachedTenant> CreateAsync(TestApi api, TestWorker worker, params string[] principals)
    {
        var name = $"tenant {Guid.NewGuid():N}";
        var client = new AiAppClient(api.CreateHttp(await api.CreateKeyAsync(name, principals: principals)));
        var id = (await api.Services.GetRequiredService<ApiKeyStore>().FindTenantAsync(name, CancellationToken.None))!.Value;
        await client.UploadAsync(Others.Select((text, n) => ($"other-{n}.md", (Stream)new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"# Note {n}\n\n{text}\n")))));
        await worker.DrainAsync();
        return new(api, worker, name, id, client);
    }

    /// <summary>Somebody else of the same tenant.</summary>
    public async Task<AiAppClient> CreateClientAsync(params string[] principals) => new(_api.CreateHttp(await _api.CreateKeyAsync(Name, principals: principals)));

    public async Task<Guid> AddAsync(string name, string text, params string[] readers)
    {
        var result = await Client.UploadAsync([(name, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)))], null, readers.Length == 0 ? null : readers);
        await _worker.DrainAsync();
        return result.Files[0].DocumentId!.Value;
    }

    public Task<AnswerDto> AskAsync(string question, bool fresh = false) => Client.AskAsync(new() { Question = question, Fresh = fresh });

    /// <summary>What the record of the answer says.</summary>
    public Task<string> ReadResultAsync(AnswerDto answer) =>
        _api.Database.ReadAsync<string>($"SELECT coalesce(cache_result, 'none') FROM answer WHERE answer_id = '{answer.Id}'");

    public async Task<string> ReadResultAsync(string question) => await ReadResultAsync(await AskAsync(question));

    public async Task<IDatabase> RedisAsync() => (await _api.Services.GetRequiredService<RedisConnection>().FindAsync(CancellationToken.None))!;
}
