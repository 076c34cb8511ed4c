using System.Text.Json;
using AiApp.Benchmarks.Measuring;
using AiApp.Benchmarks.Retrieval;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace AiApp.Benchmarks.Answers;

/// <summary>The same questions answered from the cache and anew, in turns with a server that says hello and a bare GET of Redis.</summary>
internal sealed class AnswersBenchmark(AnswersBenchmarkSettings settings, TimeProvider clock)
{
    private const string Hello = "hello (Kestrel)";
    private const string Get = "GET (Redis)";
    private const string Exact = "cached, same words";
    private const string Near = "cached, other words";
    private const string Searched = "cached, searched anew";
    private const string Anew = "searched and answered anew (local)";
    private const string Key = "aiapp:benchmark";

    private static readonly int[] Clients = [1, 16, 64];

    // A call takes microseconds: as many as make a round worth measuring.
    private const int FloorCalls = 2_000;

    // Passes over all questions before anything is measured: the compiler is done, caches of pages are full.
    private const int WarmUps = 3;

    public async Task RunAsync(TextWriter output, CancellationToken ct)
    {
        await using var servers = new MeasuredServers();
        using var hello = new AnswerCaller(await servers.StartAsync("answers", "hello", settings.Connection, ct), "none");
        var (texts, chunks) = await PrepareAsync(ct);
        var measured = new MeasuredApi(settings);
        var key = await measured.CreateKeyAsync(ct);
        using var api = new AnswerCaller(await measured.StartAsync(servers, remembers: true, ct), key);
        using var searching = new AnswerCaller(await measured.StartAsync(servers, remembers: false, ct), key);
        using var redis = await ConnectionMultiplexer.ConnectAsync(settings.Redis);
        var database = redis.GetDatabase();
        var machine = Machine.Read();
        var questions = await SelectAsync(searching, await SelectAsync(api, texts, ct), ct);
        await database.StringSetAsync(Key, await api.AskAsync(questions[0], fresh: false, ct));
        await output.WriteLineAsync($"Machine: {JsonSerializer.Serialize(machine)}");
        await output.WriteLineAsync(
            $"{chunks:N0} chunks; {questions.Count} of {texts.Count} questions of {settings.Collection} are answered and then found in the cache, also in other words");

        var figures = new List<Measurement>();
        var load = new Load<string>(questions, settings.Rounds, clock);
        var floor = new Load<string>([.. Enumerable.Range(0, FloorCalls).Select(n => questions[n % questions.Count])], settings.Rounds, clock);
        foreach (var clients in Clients)
        {
            figures.AddRange(await floor.MeasureAsync(
            [
                new(Hello, clients, (question, stop) => hello.AskAsync(question, fresh: false, stop)),
                new(Get, clients, (_, _) => database.StringGetAsync(Key)),
            ], ct));
            figures.AddRange(await load.MeasureAsync(
            [
                new(Exact, clients, (question, stop) => api.AskAsync(question, fresh: false, stop)),
                new(Near, clients, (question, stop) => api.AskAsync(InOtherWords(question), fresh: false, stop)),
                new(Searched, clients, (question, stop) => searching.AskAsync(question, fresh: false, stop)),
                new(Anew, clients, (question, stop) => searching.AskAsync(question, fresh: true, stop)),
            ], ct));
            await output.WriteLineAsync($"\n{Describe(clients, figures)}");
        }
        if (settings.Json is { } json)
        {
            await File.WriteAllTextAsync(json.FullName, JsonSerializer.Serialize(figures), ct);
        }
    }

    private static MarkdownTable Describe(int clients, IEnumerable<Measurement> figures)
    {
        var all = figures.Where(figure => figure.Clients == clients).ToList();
        var (anew, hello) = (all.Single(figure => figure.Name == Anew), all.Single(figure => figure.Name == Hello));
        var table = new MarkdownTable($"{clients} clients", "p50 ms", "p95 ms", "p99 ms", "requests/s", "of hello", "of anew");
        foreach (var figure in all)
        {
            table.Add(figure.Name, figure.P50Ms, figure.P95Ms, figure.P99Ms, figure.PerSecond, figure.PerSecond / hello.PerSecond, figure.PerSecond / anew.PerSecond);
        }
        return table;
    }

    /// <summary>A frame that changes no word that carries meaning.</summary>
    private static string InOtherWords(string question) => $"Hello, please tell me: {question}";

    private async Task<(IReadOnlyList<string> Texts, int Chunks)> PrepareAsync(CancellationToken ct)
    {
        using var host = BenchmarkHost.Build(settings.Connection, StorageRole.Application);
        await using var owner = BenchmarkHost.CreateOwner(settings.Connection);
        var store = new CorpusStore(owner);
        var tenant = await host.Services.GetRequiredService<ApiKeyStore>().FindOrAddTenantAsync(settings.Tenant, ct);
        var sample = new QuerySample(settings.Seed).Take(
            await store.ListTitlesAsync(tenant, settings.Collection, ct), await store.ListHeadingsAsync(tenant, settings.Collection, ct), settings.Questions);
        return ([.. sample.Select(query => $"What about {query.Text.TrimEnd('?')}?").Distinct()], await store.CountChunksAsync(tenant, settings.Collection, ct));
    }

    /// <summary>Those that get an answer, and get it again from the cache in both forms; asked often enough that everything is warm.</summary>
    private static async Task<IReadOnlyList<string>> SelectAsync(AnswerCaller api, IReadOnlyList<string> texts, CancellationToken ct)
    {
        var chosen = texts;
        for (var pass = 0; pass <= WarmUps; pass++)
        {
            var hits = new List<string>();
            foreach (var text in chosen)
            {
                var isHit = await api.IsCachedAsync(text, ct);
                if ((isHit && await api.IsCachedAsync(InOtherWords(text), ct)) || pass == 0)
                {
                    hits.Add(text);
                }
            }
            chosen = hits;
        }
        return chosen.Count > 0 ? chosen : throw new InvalidOperationException("No question of the sample is answered from the cache: is Redis there, and is the collection's name right?");
    }
}
