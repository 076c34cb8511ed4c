using System.Collections.Concurrent;
using System.Globalization;
using AiApp.Contracts;
using Xunit.Abstractions;

namespace AiApp.Integration.Tests.Caching;

/// <summary>
/// Answers are kept, then documents are written anew, deleted, added, revoked and opened at random, under readers who ask all the time.
/// AIAPP_CACHE_ROUNDS=5000 takes minutes.
/// </summary>
public sealed class CacheStalenessTests(CacheFixture fixture, ITestOutputHelper output) : IClassFixture<CacheFixture>
{
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("AIAPP_CACHE_ROUNDS") ?? "40", CultureInfo.InvariantCulture);
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("AIAPP_CACHE_SEED") ?? "20261121", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Nothing_stale_and_nothing_forbidden_is_given_again_whatever_changes()
    {
        var random = new Random(Seed);
        var tenant = await fixture.NewTenantAsync("user:anna", "group:hr");
        var key = await fixture.Api.CreateKeyAsync(tenant.Name, principals: "user:bob");
        var bob = new AiAppClient(fixture.Api.CreateHttp(key));
        await using var release = await CachedApi.OverAsync(fixture.Api, "--Answering:MaxOutputTokens=900");
        var fees = new ChangingFees(tenant, random, TimeProvider.System);
        await fees.StartAsync();
        var log = new Log(fees);

        using var stop = new CancellationTokenSource();
        var readers = new[] { (tenant.Client, true), (bob, false) }.Select((reader, n) => ReadAsync(log, reader.Item1, reader.Item2, new Random(Seed + n), stop.Token)).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            var topic = random.Next(ChangingFees.Count);
            await log.AskAsync(tenant.Client, topic, isHr: true, paraphrase: false);
            await log.AskAsync(bob, topic, isHr: false, paraphrase: false);
            var changed = random.Next(6) == 0 ? "release" : await fees.ChangeAsync(topic);
            if (changed == "release")
            {
                await log.NoteAsync("other release", topic, isHr: false, () => release.AskAsync(key, ChangingFees.Question(topic)));
            }
            log.Count(changed);
            await log.AskAsync(tenant.Client, topic, isHr: true, paraphrase: random.Next(2) == 0);
            await log.AskAsync(bob, topic, isHr: false, paraphrase: random.Next(2) == 0);
        }
        await stop.CancelAsync();
        await Task.WhenAll(readers);

        output.WriteLine(log.ToString());
        Assert.Empty(log.Faults);
        Assert.True(log.Hits > 0, "The cache never gave anything again.");
    }

    private static async Task ReadAsync(Log log, AiAppClient client, bool isHr, Random random, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await log.AskAsync(client, random.Next(ChangingFees.Count), isHr, paraphrase: random.Next(2) == 0);
        }
    }

    private sealed class Log(ChangingFees fees)
    {
        private const string ThisRelease = "this release";
        private readonly ConcurrentDictionary<string, int> _counts = new();
        private readonly ConcurrentDictionary<Guid, string> _releases = new();
        private int _asked;
        private int _hits;

        public ConcurrentQueue<string> Faults { get; } = [];

        public int Hits => _hits;

        public void Count(string what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);

        public Task AskAsync(AiAppClient client, int topic, bool isHr, bool paraphrase) => NoteAsync(
            ThisRelease, topic, isHr, () => client.AskAsync(new() { Question = paraphrase ? ChangingFees.Paraphrase(topic) : ChangingFees.Question(topic) }));

        public async Task NoteAsync(string release, int topic, bool isHr, Func<Task<AnswerDto>> ask)
        {
            var askedAt = TimeProvider.System.GetTimestamp();
            var answer = await ask();
            Interlocked.Increment(ref _asked);
            _releases.TryAdd(answer.Id, release);
            if (answer.Cached is { } cached)
            {
                Interlocked.Increment(ref _hits);
                // Null: of a reader whose own answer has not come back yet.
                if (_releases.TryGetValue(cached.AnswerId, out var origin) && origin != release)
                {
                    Faults.Enqueue($"an answer of {origin} was given by {release}");
                }
            }
            if (fees.Judge(answer, topic, isHr, askedAt) is { } fault)
            {
                Faults.Enqueue($"{(answer.Cached is null ? "fresh" : "cached")}: {fault}");
            }
        }

        public override string ToString() =>
            $"{Rounds} rounds, seed {Seed}: {_asked} questions, {_hits} hits, {Faults.Count} faults; {string.Join(", ", _counts.OrderBy(count => count.Key).Select(count => $"{count.Value} {count.Key}"))}";
    }
}
