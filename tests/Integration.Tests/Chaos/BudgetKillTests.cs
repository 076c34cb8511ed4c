using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using AiApp.Contracts;
using AiApp.Testing;
using Xunit.Abstractions;

namespace AiApp.Integration.Tests.Chaos;

/// <summary>Many callers at once against a budget, while the Api is killed again and again.</summary>
public sealed class BudgetKillTests(ITestOutputHelper output)
{
    private const int Callers = 64;
    private const int Seed = 5;

    // AIAPP_BUDGET_CALLS=200 for the whole drill.
    private static readonly int Each = int.Parse(Environment.GetEnvironmentVariable("AIAPP_BUDGET_CALLS") ?? "15", CultureInfo.InvariantCulture);
    private static readonly AskRequest Question = new() { Question = "How many days of annual leave do full-time employees have?" };

    [Fact]
    public async Task Nothing_is_spent_beyond_the_budget_and_nothing_stays_reserved()
    {
        await using var server = await ModelServer.StartAsync();
        await using var system = await ChaosSystem.StartAsync(
            ("Models__Provider", "openai"), ("Models__OpenAI__Endpoint", $"{server.Endpoint}"), ("Models__OpenAI__ApiKey", "none"), ("Models__OpenAI__ChatModel", "m"),
            ("Models__Chat__m__Provider", "openai"), ("Models__Chat__m__Prices__0__Version", "test"), ("Models__Chat__m__Prices__0__Input", "1"),
            ("Models__Chat__m__Prices__0__Output", "4"), ("Answering__MaxOutputTokens", "200"), ("Gateway__DeadlineSeconds", "5"), ("Gateway__ReservationSeconds", "1"));
        await system.ReadyAsync();
        await system.Client.UploadAsync([("leave.md", new MemoryStream("# Annual leave\n\nFull-time employees have 28 days of annual leave a year."u8.ToArray()))]);
        await FirstAnswerAsync(system);
        var (one, worst) = (await ReadAsync(system, "SELECT max(cost) FROM usage_ledger"), await ReadAsync(system, "SELECT max(reserved_cost) FROM usage_ledger"));
        await ReadAsync(system, $"INSERT INTO budget (tenant_id, scope, subject, period, limit_cost) SELECT tenant_id, 'tenant', '', 'total', {one * Callers * Each * 2 / 3} FROM usage_ledger LIMIT 1 RETURNING limit_cost");

        using var end = new CancellationTokenSource();
        var most = WatchAsync(system, end.Token);
        var kills = KillAsync(system, end.Token);
        var outcomes = new ConcurrentDictionary<string, int>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Callers), new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (_, _) =>
        {
            for (var call = 0; call < Each; call++)
            {
                outcomes.AddOrUpdate(await AskAsync(system), 1, (_, count) => count + 1);
            }
        });
        await end.CancelAsync();
        await system.ReadyAsync();
        await RestAsync(system);

        var (limit, spent) = (await ReadAsync(system, "SELECT limit_cost FROM budget"), await ReadAsync(system, "SELECT spent_cost FROM budget"));
        var billed = server.Calls.Where(call => call.Path.EndsWith("completions", StringComparison.Ordinal) && call.Outcome == CallOutcome.Completed).Skip(1)
            .Sum(call => (call.InputTokens * 1000L) + (call.OutputTokens * 4000L));
        var ledger = await ReadAsync(system, "SELECT sum(cost)::bigint FROM usage_ledger WHERE budget_ids <> '{}'");
        var expired = await ReadAsync(system, "SELECT count(*) FROM usage_ledger WHERE state = 'expired'");
        output.WriteLine($"{Callers} x {Each} calls, {await kills} kills, seed {Seed}: {string.Join(", ", outcomes.OrderBy(o => o.Key).Select(o => $"{o.Value} {o.Key}"))}; "
            + $"limit {limit}, spent {spent}, at most held at once {await most}, ledger {ledger}, billed by the provider {billed}, {expired} charged at their worst");
        Assert.InRange(await most, 0, limit);
        Assert.Equal(ledger, spent);
        Assert.True(billed <= spent, "The provider has billed more than the ledger says.");
        // Less is left than one more call could need, or nobody was refused.
        Assert.True(limit - spent < worst || !outcomes.ContainsKey(ProblemCodes.QuotaExceeded), "A call was refused although it fitted.");
    }

    private static async Task FirstAnswerAsync(ChaosSystem system)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await system.Client.GetDocumentSummaryAsync(late.Token)).Ready == 0)
        {
            await Task.Delay(100, late.Token);
        }
        await system.Client.AskAsync(Question, late.Token);
        while (await ReadAsync(system, "SELECT count(*) FROM usage_ledger WHERE state = 'settled'") == 0)
        {
            await Task.Delay(50, late.Token);
        }
    }

    private static async Task<string> AskAsync(ChaosSystem system)
    {
        try
        {
            return (await system.Client.AskAsync(Question)).Outcome;
        }
        catch (AiAppException problem)
        {
            return problem.Problem.Code ?? "unknown";
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
        {
            await Task.Delay(50);
            return "connection lost";
        }
    }

    /// <summary>The most that was ever spent and reserved together.</summary>
    private static async Task<long> WatchAsync(ChaosSystem system, CancellationToken ct)
    {
        var most = 0L;
        while (!ct.IsCancellationRequested)
        {
            most = Math.Max(most, await ReadAsync(system, "SELECT spent_cost + reserved_cost FROM budget"));
            await Task.Delay(20, CancellationToken.None);
        }
        return Math.Max(most, await ReadAsync(system, "SELECT spent_cost FROM budget"));
    }

    private static async Task<int> KillAsync(ChaosSystem system, CancellationToken ct)
    {
        var random = new Random(Seed);
        var kills = 0;
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(random.Next(1500, 4000), CancellationToken.None);
            kills += !ct.IsCancellationRequested && system.Api.Kill() ? 1 : 0;
        }
        return kills;
    }

    /// <summary>Until what dead processes have reserved has been given up.</summary>
    private static async Task RestAsync(ChaosSystem system)
    {
        var watch = Stopwatch.StartNew();
        while (await ReadAsync(system, "SELECT reserved_cost + (SELECT count(*) FROM usage_ledger WHERE state = 'reserved') FROM budget") > 0)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), "Something stays reserved.");
            await Task.Delay(200);
        }
    }

    private static Task<long> ReadAsync(ChaosSystem system, string sql) => system.Database.ReadAsync<long>(sql);
}
