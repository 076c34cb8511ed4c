namespace AiApp.Cli.Tests;

/// <summary>One call of aiapp: what it printed and how it ended.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    public static async Task<CliRun> OfAsync(FakeApi? api, string[] args, CancellationToken ct = default, params (string, string)[] environment)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var variables = environment.ToDictionary(e => e.Item1, e => e.Item2);
        var surroundings = new Surroundings(variables.GetValueOrDefault, Path.GetTempPath());
        var exitCode = await CommandLine.RunAsync(
            api is null ? args : [.. args, "--api", api.Address], new Terminal(output, error, Interactive: false), surroundings, ct);
        return new(exitCode, output.ToString(), error.ToString());
    }
}
