using System.Net.Http.Json;
using AiApp.Contracts;
using AiApp.Integration.Tests.Caching;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace AiApp.Integration.Tests.Outages;

public sealed class RedisOutageTests
{
    [Fact]
    public async Task Answers_come_without_Redis_and_the_service_says_that_it_is_degraded()
    {
        var (host, port) = Server();
        await using var proxy = new TcpProxy(host, port);
        await using var api = await TestApi.StartAsync(settings: $"--ConnectionStrings:redis=127.0.0.1:{proxy.Port},connectTimeout=500,syncTimeout=500");
        using var http = api.CreateHttp();
        await http.ExpectHealthyAsync();

        await proxy.CutAsync();

        Assert.Equal("Degraded", await http.GetStringAsync("/health"));
        await new AiAppClient(http).AskAsync(new AskRequest { Question = "Is anybody there?" });
        Assert.False((await ClearAsync(http)).Available);
    }

    [Fact]
    public async Task Clearing_the_cache_forgets_this_tenant_and_no_other()
    {
        // Of its own: tenants of two databases have the same numbers.
        await using var server = new OwnRedis();
        await server.StartAsync();
        await using var api = await TestApi.StartAsync(settings: $"--ConnectionStrings:redis=127.0.0.1:{server.Port}");
        using var http = api.CreateHttp(await api.CreateKeyAsync($"tenant {Guid.NewGuid():N}"));
        var tenant = new TenantId(await api.Database.ReadAsync<int>("SELECT max(tenant_id) FROM tenant"));
        var other = new TenantId(1_000_000 + Random.Shared.Next(1_000_000));
        var redis = (await api.Services.GetRequiredService<RedisConnection>().FindAsync(CancellationToken.None))!;
        var kept = RedisConnection.KeyPrefix(other) + "kept";
        await Task.WhenAll(Enumerable.Range(0, 1_200).Select(n => redis.StringSetAsync($"{RedisConnection.KeyPrefix(tenant)}{n}", "x", TimeSpan.FromMinutes(5))));
        await redis.StringSetAsync(kept, "x", TimeSpan.FromMinutes(5));

        var cleared = await ClearAsync(http);

        Assert.Equal((true, 1_200), (cleared.Available, cleared.RemovedCount));
        Assert.True(await redis.KeyExistsAsync(kept));
        await redis.KeyDeleteAsync(kept);
    }

    private static async Task<CacheClearedDto> ClearAsync(HttpClient http)
    {
        using var response = await http.PostAsync("/api/cache/clear", null);
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<CacheClearedDto>())!;
    }

    private static (string Host, int Port) Server()
    {
        var endpoint = ConfigurationOptions.Parse(TestServers.Redis).EndPoints[0];
        return endpoint is System.Net.DnsEndPoint dns ? (dns.Host, dns.Port) : (((System.Net.IPEndPoint)endpoint).Address.ToString(), ((System.Net.IPEndPoint)endpoint).Port);
    }
}
