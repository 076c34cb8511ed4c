using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.NetworkInformation;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Integration.Tests.Retrieval;
using AiApp.Rag.Retrieval;
using AiApp.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace AiApp.Integration.Tests.Chaos;

/// <summary>Readers of a stream who go away at any byte of it.</summary>
public sealed class ClientAbortTests(ITestOutputHelper output)
{
    // AIAPP_ABORTS=1000 for the whole drill.
    private static readonly int Aborts = int.Parse(Environment.GetEnvironmentVariable("AIAPP_ABORTS") ?? "100", CultureInfo.InvariantCulture);
    private const int Seed = 7;
    private const int AtOnce = 8;
    private static readonly AskRequest Leave = new() { Question = "How many days of annual leave do full-time employees have?" };

    [Fact]
    public async Task The_model_is_stopped_no_connection_is_left_and_the_usage_is_recorded()
    {
        await using var server = await ModelServer.StartAsync(new ModelServerOptions
        {
            Mode = AnswerMode.Scripted,
            Script = [.. Enumerable.Repeat(FixedRetriever.LeaveText + " [1] ", 60)],
            PieceDelay = TimeSpan.FromMilliseconds(5),
        });
        await using var api = await TestApi.StartAsync(
            configure: builder => builder.Services.AddSingleton<IRetriever>(FixedRetriever.Leave),
            settings: ["--Models:Provider=openai", $"--Models:OpenAI:Endpoint={server.Endpoint}", "--Models:OpenAI:ApiKey=none", "--Models:OpenAI:ChatModel=m"]);
        // Whoever leaves does not read the rest first.
        using var http = new HttpClient(new SocketsHttpHandler { MaxResponseDrainSize = 0, ResponseDrainTimeout = TimeSpan.Zero }) { BaseAddress = api.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", await api.CreateKeyAsync("aborts"));
        var lengths = await MeasureAsync(http);
        var random = new Random(Seed);
        var bytes = Enumerable.Range(0, Aborts).Select(_ => random.Next(lengths)).ToList();
        var gone = 0L;

        await Parallel.ForEachAsync(bytes, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (most, ct) =>
        {
            await LeaveAfterAsync(http, most, ct);
            Interlocked.Exchange(ref gone, Stopwatch.GetTimestamp());
        });
        while (server.Calls.Any(call => call.Outcome == CallOutcome.Running))
        {
            Assert.True(Stopwatch.GetElapsedTime(gone) < TimeSpan.FromSeconds(20), "A model still writes after its last reader has gone.");
            await Task.Delay(10);
        }
        var stopped = Stopwatch.GetElapsedTime(gone);
        var slowest = TimeSpan.FromMilliseconds(server.Calls.Max(call => call.ChunksSent) * 5);
        await SettledAsync(api, server.CallCount);

        var outcomes = await api.Database.ReadAsync<string>(
            "SELECT string_agg(outcome || ' ' || n, ', ' ORDER BY outcome) FROM (SELECT outcome, count(*) AS n FROM usage_ledger GROUP BY outcome) AS each");
        output.WriteLine($"{Aborts} aborts of {lengths} bytes, seed {Seed}: {server.CallCount} calls, last one stopped after {stopped.TotalMilliseconds:0} ms; ledger: {outcomes}; most chunks {slowest.TotalMilliseconds / 5:0}");
        Assert.Equal(0L, await api.Database.ReadAsync<long>("SELECT count(*) FROM usage_ledger WHERE state <> 'settled' OR input_token_count = 0"));
        // Those that wait in the pool for the next call.
        Assert.InRange(CountConnections(server.Endpoint.Port), 0, 2 * AtOnce);
    }

    private static async Task<int> MeasureAsync(HttpClient http) => (await (await AskAsync(http, CancellationToken.None)).Content.ReadAsByteArrayAsync()).Length;

    private static async Task LeaveAfterAsync(HttpClient http, int most, CancellationToken ct)
    {
        using var response = await AskAsync(http, ct);
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[1024];
        while (most > 0 && await stream.ReadAsync(buffer.AsMemory(0, Math.Min(most, buffer.Length)), ct) is var read and > 0)
        {
            most -= read;
        }
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient http, CancellationToken ct)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "api/ask") { Content = JsonContent.Create(Leave) };
        request.Headers.Accept.ParseAdd("text/event-stream");
        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    private static async Task SettledAsync(TestApi api, int calls)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await api.Database.ReadAsync<long>("SELECT count(*) FROM usage_ledger WHERE state = 'settled'") < calls)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Of clients to the port, that are open.</summary>
    private static int CountConnections(int port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
        .Count(connection => connection.RemoteEndPoint.Port == port && connection.State == TcpState.Established);
}
