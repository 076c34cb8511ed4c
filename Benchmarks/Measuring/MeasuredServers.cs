using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AiApp.Benchmarks.Measuring;

/// <summary>Processes of their own, which end with the measurement.</summary>
internal sealed class MeasuredServers : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<Process> _processes = [];

    /// <summary>What <c>BENCHMARK serve WHAT PORT MORE</c> of this program serves.</summary>
    public async Task<int> StartAsync(string benchmark, string what, string connection, CancellationToken ct, params string[] more)
    {
        var port = FreePort();
        await StartAsync(new ProcessStartInfo(Environment.ProcessPath!, [.. Self(), benchmark, "serve", what, $"{port}", .. more])
        {
            Environment = { ["ConnectionStrings__aiapp"] = connection },
        }, port, ct);
        return port;
    }

    public async Task<int> StartAsync(Func<int, ProcessStartInfo> describe, CancellationToken ct)
    {
        var port = FreePort();
        await StartAsync(describe(port), port, ct);
        return port;
    }

    public async Task<int> StartPeerAsync(DirectoryInfo folder, CancellationToken ct)
    {
        var port = FreePort();
        await StartAsync(new ProcessStartInfo("node", [Path.Combine("node_modules", "@portkey-ai", "gateway", "build", "start-server.js"), $"--port={port}", "--headless"])
        {
            WorkingDirectory = folder.FullName,
        }, port, ct);
        return port;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <summary>Under 'dotnet program.dll' the first argument is the program.</summary>
    private static string[] Self() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];

    private async Task StartAsync(ProcessStartInfo start, int port, CancellationToken ct)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        var process = Process.Start(start) ?? throw new InvalidOperationException("A server did not start.");
        _processes.Add(process);
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(Patience);
        while (!await AcceptsAsync(port, late.Token))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"'{start.FileName} {string.Join(' ', start.ArgumentList)}' ended with code {process.ExitCode}.");
            }
            await Task.Delay(100, late.Token);
        }
    }

    private static async Task<bool> AcceptsAsync(int port, CancellationToken ct)
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, port, ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
