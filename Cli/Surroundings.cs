namespace AiApp.Cli;

/// <summary>What a verb takes from its process: environment variables and the current directory.</summary>
internal sealed record Surroundings(Func<string, string?> Environment, string Directory)
{
    public static Surroundings OfProcess() =>
        new(System.Environment.GetEnvironmentVariable, System.IO.Directory.GetCurrentDirectory());
}
