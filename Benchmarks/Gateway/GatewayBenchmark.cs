using System.Text.Json;
using AiApp.Benchmarks.Measuring;
using Npgsql;

namespace AiApp.Benchmarks.Gateway;

/// <summary>The same request to the model itself, through a bare proxy, through the gateway and through the peer, in turns.</summary>
internal sealed class GatewayBenchmark(GatewayBenchmarkSettings settings, TimeProvider clock)
{
    private const string Whole = """{"model":"instant","messages":[{"role":"system","content":"Answer from the passages."},{"role":"user","content":"How much do I get for meals per day?"}]}""";
    private const string Streamed = """{"model":"instant","stream":true,"messages":[{"role":"system","content":"Answer from the passages."},{"role":"user","content":"How much do I get for meals per day?"}]}""";
    private const string Peer = "Portkey";
    private static readonly int[] Connections = [1, 32, 100];

    // A service runs for days: the compiler is done with what is called often after some thousand calls.
    private const int WarmUp = 3_000;

    public async Task RunAsync(TextWriter output, CancellationToken ct)
    {
        await AddBudgetAsync(ct);
        using var model = new InstantModel();
        await using var servers = new MeasuredServers();
        List<(string Name, int Port, string[] Headers)> subjects =
        [
            ("model itself", model.Port, []),
            ("bare proxy", await servers.StartAsync("gateway", "proxy", settings.Connection, ct, $"http://127.0.0.1:{model.Port}/"), []),
            ("gateway", await servers.StartAsync("gateway", "gateway", settings.Connection, ct, $"http://127.0.0.1:{model.Port}/"), []),
        ];
        if (settings.Peer is { } folder)
        {
            subjects.Add((Peer, await servers.StartPeerAsync(folder, ct), ["x-portkey-provider: openai", $"x-portkey-custom-host: http://127.0.0.1:{model.Port}/v1"]));
        }
        await output.WriteLineAsync($"Machine: {JsonSerializer.Serialize(Machine.Read())}");
        var figures = new List<object>();
        foreach (var (kind, body) in new[] { ("whole", Whole), ("streamed", Streamed) })
        {
            foreach (var connections in Connections)
            {
                figures.AddRange(await MeasureAsync(output, kind, body, connections, subjects, ct));
            }
        }
        await ReportLedgerAsync(output, ct);
        if (settings.Json is { } json)
        {
            await File.WriteAllTextAsync(json.FullName, JsonSerializer.Serialize(figures), ct);
        }
    }

    private async Task<IEnumerable<object>> MeasureAsync(
        TextWriter output, string kind, string body, int connections, IReadOnlyList<(string Name, int Port, string[] Headers)> subjects, CancellationToken ct)
    {
        var all = subjects.Select(subject => (Subject: subject, Caller: new SocketCaller(subject.Port, body, subject.Headers))).ToList();
        try
        {
            var able = new List<((string Name, int Port, string[] Headers) Subject, SocketCaller Caller)>();
            foreach (var one in all)
            {
                if (await WarmUpAsync(one.Caller, ct) is { } why)
                {
                    await output.WriteLineAsync($"\n{one.Subject.Name} is left out: {why.Split('\n')[0]}");
                    continue;
                }
                able.Add(one);
            }
            var calls = connections == 1 ? settings.Calls / 8 : settings.Calls;
            var load = new Load<int>([.. Enumerable.Range(0, calls)], settings.Rounds, clock);
            var measured = await load.MeasureAsync(
                [.. able.Select(one => new Subject<int>(one.Subject.Name, connections, (_, stop) => one.Caller.CallAsync(stop), Limit: one.Subject.Name == Peer ? calls / 4 : calls))], ct);
            var table = new MarkdownTable($"{kind}, {connections} connections", "p50 ms", "p99 ms", "added p50", "added p99", "requests/s");
            foreach (var one in measured)
            {
                table.Add(one.Name, one.P50Ms, one.P99Ms, one.P50Ms - measured[0].P50Ms, one.P99Ms - measured[0].P99Ms, one.PerSecond);
            }
            await output.WriteLineAsync($"\n{table}");
            return measured.Select(one => (object)new { kind, connections, one });
        }
        finally
        {
            all.ForEach(one => one.Caller.Dispose());
        }
    }

    /// <summary>Null when it answers.</summary>
    private static async Task<string?> WarmUpAsync(SocketCaller caller, CancellationToken ct)
    {
        try
        {
            for (var calls = 0; calls < WarmUp; calls++)
            {
                await caller.CallAsync(ct);
            }
            return null;
        }
        catch (InvalidOperationException wrong)
        {
            return wrong.Message;
        }
    }

    /// <summary>One that bears everything: the tenant's, with the user's below it.</summary>
    private async Task AddBudgetAsync(CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(settings.Connection);
        await using var command = database.CreateCommand(GatewaySql.AddBudgets);
        command.Parameters.Add(new() { Value = 1 });
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task ReportLedgerAsync(TextWriter output, CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(settings.Connection);
        await using var command = database.CreateCommand(GatewaySql.Sum);
        command.Parameters.Add(new() { Value = 1 });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        await output.WriteLineAsync(
            $"\nLedger: {reader.GetInt64(0):N0} calls settled, {reader.GetInt64(1):N0} not, cost {reader.GetInt64(2) / 1e9:0.######} dollars; budget of the tenant: {reader.GetInt64(3) / 1e9:0.######} spent, {reader.GetInt64(4)} reserved");
    }
}
