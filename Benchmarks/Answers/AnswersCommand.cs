using System.CommandLine;

namespace AiApp.Benchmarks.Answers;

internal sealed record AnswersBenchmarkSettings
{
    public required string Connection { get; init; }
    public required string Redis { get; init; }
    public required string Tenant { get; init; }
    public required string Collection { get; init; }
    public FileInfo? Json { get; init; }

    /// <summary>AiApp.Api.dll, built for release.</summary>
    public required FileInfo Api { get; init; }

    /// <summary>Different questions, drawn with the seed from titles and headings.</summary>
    public required int Questions { get; init; }
    public required int Rounds { get; init; }
    public required int Seed { get; init; }
}

internal static class AnswersCommand
{
    public static Command Create()
    {
        var connection = CommonOptions.Connection();
        var redis = new Option<string>("--redis")
        {
            Description = "StackExchange.Redis configuration. ConnectionStrings__redis when absent.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("ConnectionStrings__redis") ?? "127.0.0.1:6379",
        };
        var json = new Option<FileInfo?>("--json") { Description = "File for every figure." };
        var tenant = new Option<string>("--tenant") { Description = "Tenant of the corpus.", DefaultValueFactory = _ => "benchmarks" };
        var collection = new Option<string>("--collection") { Description = "Collection of the corpus.", DefaultValueFactory = _ => "benchmark" };
        var questions = CommonOptions.Number("--questions", 200, 20, 10_000, "Different questions, drawn with the seed from titles and headings.");
        var rounds = CommonOptions.Number("--rounds", 3, 1, 100, "Rounds, in which everything takes turns.");
        var seed = CommonOptions.Number("--seed", 7, 0, int.MaxValue, "Seed of the questions.");
        var api = new Option<FileInfo>("--api") { Description = "AiApp.Api.dll, built for release; a process of it is measured.", Required = true };
        var command = new Command("answers", "Measures answers of the local model, cached and not, over HTTP, beside a server that says hello and a bare GET of Redis.")
        {
            connection, redis, json, tenant, collection, questions, rounds, seed, api, CreateServe(),
        };
        command.SetAction((parsed, ct) => new AnswersBenchmark(
            new()
            {
                Connection = parsed.GetRequiredValue(connection),
                Redis = parsed.GetRequiredValue(redis),
                Tenant = parsed.GetRequiredValue(tenant),
                Collection = parsed.GetRequiredValue(collection),
                Json = parsed.GetValue(json),
                Api = parsed.GetRequiredValue(api),
                Questions = parsed.GetValue(questions),
                Rounds = parsed.GetValue(rounds),
                Seed = parsed.GetValue(seed),
            },
            TimeProvider.System).RunAsync(Console.Out, ct));
        return command;
    }

    /// <summary>What the benchmark starts as a process of its own.</summary>
    private static Command CreateServe()
    {
        var what = new Argument<string>("what");
        what.AcceptOnlyFromAmong("hello");
        var port = new Argument<int>("port");
        var command = new Command("serve", "The server that is measured beside the Api.") { what, port };
        command.Hidden = true;
        command.SetAction((parsed, ct) => HelloServer.RunAsync(parsed.GetRequiredValue(port), ct));
        return command;
    }
}
