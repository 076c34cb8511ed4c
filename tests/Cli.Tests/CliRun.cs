namespace AiApp.Cli.Tests;

/// <summary>One call of aiapp: what it printed and how it ended.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    public static Task<CliRun> OfAsync(FakeApi? api, string[] args, CancellationToken ct = default, params (string, string)[] environment) =>
        OfAsync(api, args, input: null, ct, environment);

    /// <summary>By somebody at a terminal.</summary>
    public static Task<CliRun> OfAsync(FakeApi api, string[] args, string typed) => OfAsync(api, args, new StringReader(typed), default);

    public static async Task<CliRun> OfAsync(FakeApi? api, string[] args, TextReader? input, CancellationToken ct, params (string, string)[] environment)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var variables = environment.ToDictionary(e => e.Item1, e => e.Item2);
        var surroundings = new Surroundings(variables.GetValueOrDefault, Path.GetTempPath());
        var exitCode = await CommandLine.RunAsync(
            api is null ? args : [.. args, "--api", api.Address], new Terminal(output, error, Interactive: false) { Input = input }, surroundings, ct);
        return new(exitCode, output.ToString(), error.ToString());
    }
}
