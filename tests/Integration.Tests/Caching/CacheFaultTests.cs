using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using AiApp.Contracts;
using AiApp.Rag.Storage;
using StackExchange.Redis;
using Xunit.Abstractions;

namespace AiApp.Integration.Tests.Caching;

/// <summary>
/// Questions asked all the time while Redis is killed, flushed, slow, stopped and filled with garbage. AIAPP_CACHE_FAULT_SECONDS=20
/// measures for so long under each fault.
/// </summary>
public sealed class CacheFaultTests(ITestOutputHelper output)
{
    private const int Askers = 4;
    private static readonly double Seconds = double.Parse(Environment.GetEnvironmentVariable("AIAPP_CACHE_FAULT_SECONDS") ?? "1", CultureInfo.InvariantCulture);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);
    private static readonly string[] Topics = ["parking", "canteen", "locker", "bicycle", "gym", "laundry", "garden", "sauna"];

    [Fact]
    public async Task Every_answer_is_the_one_that_a_service_without_a_cache_gives()
    {
        await using var redis = new OwnRedis();
        await redis.StartAsync();
        await using var proxy = new TcpProxy("127.0.0.1", redis.Port);
        await using var service = await CachedService.StartAsync(
            $"--ConnectionStrings:redis=127.0.0.1:{proxy.Port},connectTimeout=500,syncTimeout=500", "--Cache:TimeoutMs=50");
        var tenant = await service.NewTenantAsync();
        foreach (var (topic, n) in Topics.Select((topic, n) => (topic, n)))
        {
            await tenant.AddAsync($"{topic}.md", $"# Fees\n\nThe monthly {topic} fee is {1000 + n} SEK.\n");
        }
        var load = new Questions(tenant, await AnswerAllAsync(tenant));

        var anew = await load.AskAsync("no cache", fresh: true);
        await load.AskAsync("well", fresh: false);
        var under = new List<(string Fault, double P99)>();
        async Task MeasureAsync(string fault) => under.Add((fault, await load.AskAsync(fault, fresh: false)));

        using (var admin = await redis.ConnectAsync())
        {
            await using (Repeat(() => admin.GetServer("127.0.0.1", redis.Port).FlushAllDatabasesAsync()))
            {
                await MeasureAsync("flushed");
            }
            await using (Repeat(() => SpoilAsync(admin, tenant)))
            {
                await MeasureAsync("garbage");
            }
        }
        proxy.Delay = TimeSpan.FromMilliseconds(500);
        await MeasureAsync("slow");
        proxy.Delay = TimeSpan.Zero;
        await redis.PauseAsync();
        await MeasureAsync("paused");
        await redis.ContinueAsync();
        await redis.KillAsync();
        await MeasureAsync("killed");

        output.WriteLine($"{load}\nAdded p99 after 2 s: {string.Join(", ", under.Select(one => $"{one.Fault} {one.P99 - anew:+0.0;-0.0} ms"))}");
        Assert.Empty(load.Faults);
        Assert.True(load.Hits > 0, "The cache never gave anything again.");
    }

    private static async Task<IReadOnlyDictionary<string, string>> AnswerAllAsync(CachedTenant tenant)
    {
        var known = new Dictionary<string, string>();
        foreach (var question in Topics.Select(topic => $"How much is the monthly {topic} fee?"))
        {
            var answer = await tenant.AskAsync(question, fresh: true);
            Assert.Equal(AnswerOutcomes.Answered, answer.Outcome);
            known[question] = answer.Text;
        }
        return known;
    }

    /// <summary>Answers, vectors, order and version: each becomes something else.</summary>
    private static async Task SpoilAsync(ConnectionMultiplexer admin, CachedTenant tenant)
    {
        foreach (var key in admin.GetServer(admin.GetEndPoints()[0]).Keys(pattern: $"{RedisConnection.KeyPrefix(tenant.Id)}cache:*", pageSize: 1000).ToList())
        {
            // At once: the service writes the same keys.
            var spoils = admin.GetDatabase().CreateTransaction();
            _ = spoils.KeyDeleteAsync(key);
            _ = Random.Shared.Next(3) switch
            {
                0 => spoils.StringSetAsync(key, "{\"Format\":1}"),
                1 => spoils.ListRightPushAsync(key, "x"),
                _ => (Task)spoils.StringSetAsync(key, new byte[2000]),
            };
            await spoils.ExecuteAsync();
        }
    }

    private static Repetition Repeat(Func<Task> work) => new(work);

    private sealed class Repetition : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _work;

        public Repetition(Func<Task> work) => _work = Task.Run(async () =>
        {
            while (!_stop.IsCancellationRequested)
            {
                await work();
                await Task.Delay(50);
            }
        });

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _work;
            _stop.Dispose();
        }
    }

    private sealed class Questions(CachedTenant tenant, IReadOnlyDictionary<string, string> known)
    {
        private readonly List<string> _lines = [];
        private int _hits;

        public ConcurrentQueue<string> Faults { get; } = [];
        public int Hits => _hits;

        /// <summary>The 99th percentile in milliseconds, of what was asked after the first two seconds.</summary>
        public async Task<double> AskAsync(string phase, bool fresh)
        {
            var (durations, hits, asked) = (new ConcurrentBag<double>(), _hits, 0);
            var began = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Askers).Select(async n =>
            {
                var random = new Random(n);
                for (var at = TimeSpan.Zero; at < Settling + TimeSpan.FromSeconds(Seconds) || durations.IsEmpty; at = Stopwatch.GetElapsedTime(began))
                {
                    var (question, expected) = known.ElementAt(random.Next(known.Count));
                    var start = Stopwatch.GetTimestamp();
                    await CheckAsync(phase, question, expected, fresh);
                    Interlocked.Increment(ref asked);
                    if (at >= Settling)
                    {
                        durations.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    }
                }
            }));
            var sorted = durations.Order().DefaultIfEmpty(double.NaN).ToList();
            var (p50, p99) = (sorted[sorted.Count / 2], sorted[(int)(sorted.Count * 0.99)]);
            _lines.Add($"{phase}: {asked} questions, {_hits - hits} from the cache; after 2 s p50 {p50:0.0} ms, p99 {p99:0.0} ms");
            return p99;
        }

        private async Task CheckAsync(string phase, string question, string expected, bool fresh)
        {
            try
            {
                var answer = await tenant.AskAsync(question, fresh);
                if (answer.Text != expected)
                {
                    Faults.Enqueue($"{phase}: '{answer.Text}' and not '{expected}'");
                }
                Interlocked.Add(ref _hits, answer.Cached is null ? 0 : 1);
            }
            catch (Exception failure) when (failure is AiAppException or HttpRequestException)
            {
                Faults.Enqueue($"{phase}: {failure.Message}");
            }
        }

        public override string ToString() => string.Join('\n', _lines);
    }
}
