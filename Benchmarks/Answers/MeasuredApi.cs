using System.Diagnostics;
using AiApp.Benchmarks.Measuring;
using AiApp.Benchmarks.Retrieval;

namespace AiApp.Benchmarks.Answers;

/// <summary>The Api as it is deployed, by its own program: a key for its console, then the server.</summary>
internal sealed class MeasuredApi(AnswersBenchmarkSettings settings)
{
    // Keys are hashed with it, in this database only.
    private const string Pepper = "a-pepper-of-the-benchmark-and-of-nothing-else";

    /// <summary>A key for somebody who may read the whole corpus.</summary>
    public async Task<string> CreateKeyAsync(CancellationToken ct)
    {
        var principals = BenchmarkReaders.Everything.Names.Where(name => name.StartsWith("group:", StringComparison.Ordinal)).SelectMany(name => new[] { "--principal", name });
        using var process = Process.Start(Describe(new[] { "keys", "create", "--name", "benchmark", "--tenant", settings.Tenant }.Concat(principals)))!;
        var text = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0 ? text.Split('\n')[0].Trim() : throw new InvalidOperationException($"No key was made: {text}");
    }

    /// <summary><paramref name="remembers"/>: whether it may give what the same search has found before, or searches each time.</summary>
    public Task<int> StartAsync(MeasuredServers servers, bool remembers, CancellationToken ct) => servers.StartAsync(
        port => remembers ? Describe($"--urls=http://127.0.0.1:{port}") : Describe($"--urls=http://127.0.0.1:{port}", "--Retrieval:Remembering:Megabytes=0"), ct);

    private ProcessStartInfo Describe(params IEnumerable<string> arguments) => new("dotnet", [settings.Api.FullName, .. arguments])
    {
        RedirectStandardOutput = true,
        UseShellExecute = false,
        WorkingDirectory = settings.Api.DirectoryName,
        Environment =
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ConnectionStrings__aiapp"] = settings.Connection,
            ["ConnectionStrings__redis"] = settings.Redis,
            ["ApiKeys__Pepper"] = Pepper,
            ["Logging__LogLevel__Default"] = "Error",
        },
    };
}
