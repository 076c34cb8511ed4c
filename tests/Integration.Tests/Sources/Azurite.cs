using System.Diagnostics;
using System.Net;
using AiApp.Integration.Tests.Architecture;
using AiApp.Integration.Tests.Hosting;

namespace AiApp.Integration.Tests.Sources;

/// <summary>Microsoft's emulator of Azure storage, pinned and installed once below the folder that git ignores.</summary>
internal sealed class Azurite : IAsyncDisposable
{
    // The newest that the Node of older distributions runs.
    private const string Version = "3.35.0";

    /// <summary>The emulator's own account and key, which are published and the same everywhere.</summary>
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Process _process;
    private readonly string _data;

    private Azurite(Process process, string data, int port) => (_process, _data, Port) = (process, data, port);

    public int Port { get; }

    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={Key};BlobEndpoint=http://127.0.0.4:{Port}/devstoreaccount1;";

    public static async Task<Azurite> StartAsync()
    {
        var folder = Repository.Path($".aiapp/azurite-{Version}");
        var program = Path.Combine(folder, "node_modules", "azurite", "dist", "src", "blob", "main.js");
        if (!File.Exists(program))
        {
            await InstallAsync(folder);
        }
        var data = Directory.CreateTempSubdirectory("aiapp-azurite-").FullName;
        var port = FreePort.Find(IPAddress.Parse("127.0.0.4"));
        var process = Process.Start(new ProcessStartInfo("node",
            [program, "--blobHost", "127.0.0.4", "--blobPort", $"{port}", "--location", data, "--silent", "--skipApiVersionCheck", "--disableTelemetry"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        // It says so itself when it listens.
        while (await process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("successfully listens", StringComparison.Ordinal))
        {
        }
        Assert.False(process.HasExited, "Azurite did not start.");
        return new Azurite(process, data, port);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private static async Task InstallAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), """{ "private": true }""");
        using var npm = Process.Start(new ProcessStartInfo("npm",
            ["install", "--no-fund", "--no-audit", "--ignore-scripts", "--loglevel=error", "--prefix", folder, $"azurite@{Version}"]) { WorkingDirectory = folder })
            ?? throw new InvalidOperationException("npm is needed to install Azurite.");
        await npm.WaitForExitAsync();
        Assert.True(npm.ExitCode == 0, $"npm could not install azurite@{Version} (exit code {npm.ExitCode}).");
    }
}
