using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Testing;

namespace AiApp.Integration.Tests.Operations;

/// <summary>An Api whose route has two models of one server, 1 dollar for a million tokens of input and 4 of output.</summary>
public sealed class OperationsFixture : IAsyncLifetime
{
    public const string First = "marten-1";
    public const string Second = "marten-2";
    public const string Answerable = "How many days of annual leave do full-time employees have?";

    internal ModelServer Server { get; private set; } = null!;
    internal TestApi Api { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await ModelServer.StartAsync();
        Api = await TestApi.StartAsync(settings: [.. Settings(Server.Endpoint), "--Gateway:LeaveSeconds=30"]);
    }

    public async Task DisposeAsync()
    {
        await Api.DisposeAsync();
        await Server.DisposeAsync();
    }

    /// <summary>A client of a new tenant that has one document.</summary>
    internal async Task<AiAppClient> NewTenantAsync(string? tenant = null)
    {
        var client = new AiAppClient(Api.CreateHttp(await Api.CreateKeyAsync(tenant ?? $"tenant {Guid.NewGuid():N}")));
        await client.UploadAsync([("leave.md", new MemoryStream("# Annual leave\n\nFull-time employees have 28 days of annual leave a year."u8.ToArray()))]);
        using var worker = new TestWorker(Api.Database);
        await worker.DrainAsync();
        return client;
    }

    /// <summary>Once the ledger has the call: it is written a moment after the answer is given.</summary>
    internal async Task<OperationsDto> ReadAsync(AiAppClient client, Func<OperationsDto, bool> isTold)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var summary = await client.GetOperationsAsync(ct: patience.Token);
            if (isTold(summary))
            {
                return summary;
            }
            await Task.Delay(20, patience.Token);
        }
    }

    internal static IEnumerable<string> Settings(Uri endpoint)
    {
        yield return "--Models:Providers:p:Endpoint=" + endpoint;
        yield return "--Models:Providers:p:ApiKey=none";
        foreach (var (place, model) in new[] { First, Second }.Index())
        {
            yield return $"--Models:Chat:{model}:Provider=p";
            yield return $"--Models:Chat:{model}:Prices:0:Version=test";
            yield return $"--Models:Chat:{model}:Prices:0:Input=1";
            yield return $"--Models:Chat:{model}:Prices:0:Output=4";
            yield return $"--Models:Routes:answer:{place}={model}";
        }
    }
}
