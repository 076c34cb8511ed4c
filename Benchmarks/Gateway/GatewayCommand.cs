using System.CommandLine;

namespace AiApp.Benchmarks.Gateway;

internal sealed record GatewayBenchmarkSettings
{
    public required string Connection { get; init; }

    /// <summary>With @portkey-ai/gateway in its node_modules; null leaves the peer out.</summary>
    public DirectoryInfo? Peer { get; init; }
    public FileInfo? Json { get; init; }

    /// <summary>Calls a round and connection count.</summary>
    public required int Calls { get; init; }
    public required int Rounds { get; init; }
}

internal static class GatewayCommand
{
    public static Command Create()
    {
        var connection = CommonOptions.Connection();
        var json = new Option<FileInfo?>("--json") { Description = "File for every figure." };
        var peer = new Option<DirectoryInfo?>("--peer") { Description = "Folder with @portkey-ai/gateway in its node_modules (Benchmarks/Gateway/Peer after npm install)." };
        var calls = CommonOptions.Number("--calls", 20_000, 100, 10_000_000, "Calls a round at 32 connections; fewer at one.");
        var rounds = CommonOptions.Number("--rounds", 3, 1, 100, "Rounds, in which the servers take turns.");
        var command = new Command("gateway", "Measures what the model gateway adds to a model that answers at once, beside a bare proxy and a peer.")
        {
            connection, json, peer, calls, rounds, CreateServe(connection),
        };
        command.SetAction((parsed, ct) => new GatewayBenchmark(
            new()
            {
                Connection = parsed.GetRequiredValue(connection),
                Json = parsed.GetValue(json),
                Peer = parsed.GetValue(peer),
                Calls = parsed.GetValue(calls),
                Rounds = parsed.GetValue(rounds),
            },
            TimeProvider.System).RunAsync(Console.Out, ct));
        return command;
    }

    /// <summary>What the benchmark starts as processes of their own.</summary>
    private static Command CreateServe(Option<string> connection)
    {
        var what = new Argument<string>("what");
        what.AcceptOnlyFromAmong("gateway", "proxy");
        var port = new Argument<int>("port");
        var upstream = new Argument<string>("upstream");
        var command = new Command("serve", "One of the servers that are measured.") { what, port, upstream };
        command.Hidden = true;
        command.SetAction((parsed, ct) => GatewayServer.RunAsync(
            parsed.GetRequiredValue(what), parsed.GetRequiredValue(port), new(parsed.GetRequiredValue(upstream)), parsed.GetRequiredValue(connection), ct));
        return command;
    }
}
