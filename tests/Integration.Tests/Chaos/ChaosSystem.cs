using System.Net.Http.Headers;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;

namespace AiApp.Integration.Tests.Chaos;

/// <summary>An Api and two Ingestors as processes over a database of their own, with leases of two seconds.</summary>
internal sealed class ChaosSystem : IAsyncDisposable
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    private const string Key = "0123456789abcdef0123456789abcdef-chaos";

    private readonly HttpClient _http;

    private readonly IReadOnlyDictionary<string, string> _settings;

    private ChaosSystem(TestDatabase database, IReadOnlyDictionary<string, string> settings)
    {
        (Database, _settings) = (database, settings);
        var port = FreePort.Find();
        Api = new("Api", With(new() { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}", ["ApiKeys__Web"] = Key, ["ApiKeys__Pepper"] = Key }));
        Ingestors = [.. Enumerable.Range(0, 2).Select(_ => new ServiceProcess("Ingestor", With(new() { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" })))];
        _http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(30) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        Client = new(_http);
    }

    public TestDatabase Database { get; }
    public ServiceProcess Api { get; }
    public IReadOnlyList<ServiceProcess> Ingestors { get; }
    public AiAppClient Client { get; }

    public static async Task<ChaosSystem> StartAsync(params (string Name, string Value)[] settings) =>
        new(await TestDatabase.CreateAsync(), settings.ToDictionary(setting => setting.Name, setting => setting.Value));

    /// <summary>Waits until the Api answers.</summary>
    public async Task ReadyAsync()
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                await Client.GetDocumentSummaryAsync(late.Token);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100, late.Token);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        foreach (var ingestor in Ingestors)
        {
            await ingestor.DisposeAsync();
        }
        _http.Dispose();
        await Database.DisposeAsync();
    }

    /// <summary>What a test sets, and what a service is, come before what all have.</summary>
    private Dictionary<string, string> With(Dictionary<string, string> own)
    {
        var all = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ConnectionStrings__aiapp"] = Database.ConnectionString,
            ["ConnectionStrings__redis"] = "",
            ["Jobs__LeaseSeconds"] = $"{Lease.TotalSeconds}",
            ["Jobs__PollMs"] = "200",
            // Many of the crashes here are of one worker; each document must outlive them.
            ["Jobs__MaxCrashes"] = "10",
            ["Logging__LogLevel__Default"] = "None",
        };
        foreach (var (name, value) in own.Concat(_settings))
        {
            all[name] = value;
        }
        return all;
    }
}
