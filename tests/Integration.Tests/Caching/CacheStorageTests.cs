using System.Diagnostics;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Storage;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace AiApp.Integration.Tests.Caching;

/// <summary>Whatever is wrong with Redis and what it holds, the answer is that of a service without a cache.</summary>
public sealed class CacheStorageTests(CacheFixture fixture) : IClassFixture<CacheFixture>
{
    private const string Leave = "# Annual leave\n\nFull-time employees have 28 days of annual leave a year.\n";
    private const string Question = "How many days of annual leave do full-time employees have?";
    private const string Paraphrase = "Please tell me how many days of annual leave full-time employees have";

    [Theory]
    [InlineData("garbage")]
    [InlineData("wrong type")]
    [InlineData("a flipped bit")]
    [InlineData("another question's answer")]
    [InlineData("gone")]
    public async Task A_spoilt_answer_is_none(string how)
    {
        var (tenant, first) = await AskedAsync(fixture.Api, fixture.Worker);
        await tenant.AddAsync("sick.md", "# Sick leave\n\nSick pay is 80 percent of the wage.\n");
        await tenant.AskAsync("How much is sick pay?");
        await tenant.AskAsync(Question);
        var redis = await tenant.RedisAsync();
        var keys = (await ListAsync(redis, tenant, "answer:*")).ToList();
        Assert.Equal(2, keys.Count);
        var contents = await Task.WhenAll(keys.Select(key => redis.StringGetAsync(key)));
        for (var i = 0; i < keys.Count; i++)
        {
            await redis.KeyDeleteAsync(keys[i]);
            var bytes = (byte[])contents[i]!;
            await (how switch
            {
                "garbage" => redis.StringSetAsync(keys[i], "{\"Format\":1}"),
                "wrong type" => redis.SetAddAsync(keys[i], "x"),
                "a flipped bit" => redis.StringSetAsync(keys[i], Flip(bytes)),
                "another question's answer" => redis.StringSetAsync(keys[i], contents[1 - i]),
                _ => Task.FromResult(true),
            });
        }

        var again = await tenant.AskAsync(Paraphrase);
        var exact = await tenant.AskAsync(Question);

        Assert.Null(again.Cached);
        Assert.Equal((first.Text, first.Outcome), (again.Text, again.Outcome));
        Assert.Equal((first.Text, first.Outcome), (exact.Text, exact.Outcome));
        Assert.NotEqual(first.Id, exact.Cached?.AnswerId);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("order")]
    [InlineData("vectors")]
    public async Task Spoilt_indexes_make_misses_and_no_errors(string part)
    {
        var (tenant, first) = await AskedAsync(fixture.Api, fixture.Worker);
        var redis = await tenant.RedisAsync();
        foreach (var value in new RedisValue[] { "nonsense", "99999999999999" })
        {
            foreach (var key in await ListAsync(redis, tenant, part))
            {
                await redis.KeyDeleteAsync(key);
                await redis.StringSetAsync(key, value);
            }
            var answer = await tenant.AskAsync(Paraphrase);
            Assert.Equal((first.Text, first.Outcome), (answer.Text, answer.Outcome));
        }
    }

    [Fact]
    public async Task After_a_loss_of_everything_the_cache_fills_anew_in_every_process()
    {
        var (tenant, first) = await AskedAsync(fixture.Api, fixture.Worker);
        Assert.NotNull((await tenant.AskAsync(Paraphrase)).Cached);
        await tenant.Client.ClearCacheAsync();

        Assert.Null((await tenant.AskAsync(Paraphrase)).Cached);
        Assert.NotEqual(first.Id, (await tenant.AskAsync(Question)).Cached!.AnswerId);
    }

    [Fact]
    public async Task A_process_gives_again_what_another_one_has_answered()
    {
        var (tenant, first) = await AskedAsync(fixture.Api, fixture.Worker);
        await using var other = await CachedApi.OverAsync(fixture.Api);
        var key = await fixture.Api.CreateKeyAsync(tenant.Name);

        Assert.Equal(first.Id, (await other.AskAsync(key, Paraphrase)).Cached?.AnswerId);
        var second = await tenant.AskAsync("How much room has the car park?");
        Assert.Equal(AnswerOutcomes.Answered, second.Outcome);
        Assert.Equal(second.Id, (await other.AskAsync(key, "Hello, how much room has the car park")).Cached?.AnswerId);
    }

    [Fact]
    public async Task A_process_with_another_key_neither_reads_nor_believes_it()
    {
        var (tenant, _) = await AskedAsync(fixture.Api, fixture.Worker);
        await using var other = await CachedApi.OverAsync(fixture.Api, "--Cache:SigningKey=another key of at least thirty-two characters");

        Assert.Null((await other.AskAsync(await fixture.Api.CreateKeyAsync(tenant.Name), Question)).Cached);
    }

    [Fact]
    public async Task Being_used_does_not_prolong_an_answer_and_the_oldest_goes_first()
    {
        await using var api = await CacheFixture.StartAsync("--Cache:MaxEntries=2", "--Cache:TtlMinutes=10");
        using var worker = new TestWorker(api.Database);
        var (tenant, first) = await AskedAsync(api, worker);
        var redis = await tenant.RedisAsync();
        var key = Assert.Single(await ListAsync(redis, tenant, "answer:*"));
        await redis.KeyExpireAsync(key, TimeSpan.FromMinutes(5));

        Assert.Equal(first.Id, (await tenant.AskAsync(Question)).Cached!.AnswerId);
        Assert.InRange((await redis.KeyTimeToLiveAsync(key))!.Value, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        await tenant.AskAsync("How much room has the car park?");
        await tenant.AskAsync("How many persons does the lift carry?");

        Assert.Equal(2, (await ListAsync(redis, tenant, "answer:*")).Count);
        Assert.False(await redis.KeyExistsAsync(key));
        Assert.Null((await tenant.AskAsync(Paraphrase)).Cached);
    }

    [Fact]
    public async Task With_Redis_slow_hanging_or_gone_questions_are_answered_without_waiting_for_it()
    {
        var server = ConfigurationOptions.Parse(TestServers.Redis).EndPoints[0].ToString()!.Split('/')[^1].Split(':');
        await using var proxy = new TcpProxy(server[0], int.Parse(server[1], System.Globalization.CultureInfo.InvariantCulture));
        await using var api = await CacheFixture.StartAsync(
            $"--ConnectionStrings:redis=127.0.0.1:{proxy.Port},connectTimeout=500,syncTimeout=500", "--Cache:TimeoutMs=50", "--Cache:BreakSeconds=1");
        using var worker = new TestWorker(api.Database);
        var (tenant, first) = await AskedAsync(api, worker);
        await tenant.AskAsync(Question);

        proxy.Delay = TimeSpan.FromMilliseconds(500);
        await ExpectUncachedAsync(tenant, first, 6);
        proxy.Delay = TimeSpan.FromMinutes(1);
        await ExpectUncachedAsync(tenant, first, 6);
        proxy.Delay = TimeSpan.Zero;
        await proxy.CutAsync();
        await ExpectUncachedAsync(tenant, first, 6);
        proxy.Restore();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        while ((await tenant.AskAsync(Question)).Cached is null)
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task ExpectUncachedAsync(CachedTenant tenant, AnswerDto expected, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var watch = Stopwatch.StartNew();
            var answer = await tenant.AskAsync(Question);
            // Three accesses of 50 ms at most; the rest is the answer's own time on a busy machine. Redis takes a minute when it hangs.
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
            Assert.Equal((expected.Text, expected.Outcome), (answer.Text, answer.Outcome));
        }
    }

    private static async Task<(CachedTenant Tenant, AnswerDto First)> AskedAsync(TestApi api, TestWorker worker)
    {
        var tenant = await CachedTenant.CreateAsync(api, worker);
        // What another database's tenant of the same number has left.
        await api.Services.GetRequiredService<RedisCacheStore>().ClearAsync(tenant.Id, CancellationToken.None);
        await tenant.AddAsync("leave.md", Leave);
        return (tenant, await tenant.AskAsync(Question));
    }

    private static async Task<IReadOnlyList<RedisKey>> ListAsync(IDatabase redis, CachedTenant tenant, string part)
    {
        var found = (RedisResult[])(await redis.ExecuteAsync("SCAN", "0", "MATCH", $"{RedisConnection.KeyPrefix(tenant.Id)}cache:*:{part}", "COUNT", 1_000_000))!;
        return (RedisKey[])found[1]!;
    }

    private static byte[] Flip(byte[] bytes)
    {
        bytes[5] ^= 1;
        return bytes;
    }
}
