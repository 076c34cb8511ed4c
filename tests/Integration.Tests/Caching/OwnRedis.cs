using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AiApp.Integration.Tests.Hosting;
using StackExchange.Redis;

namespace AiApp.Integration.Tests.Caching;

/// <summary>A Redis of one test, which may be killed, started again, stopped and let go on.</summary>
internal sealed class OwnRedis : IAsyncDisposable
{
    private static readonly string[] Names = ["redis-server", "valkey-server"];
    private Process? _process;

    public int Port { get; } = FreePort.Find();

    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(Find(), ["--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await AcceptsAsync(late.Token))
        {
            await Task.Delay(20, late.Token);
        }
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    public Task PauseAsync() => SignalAsync("STOP");

    public Task ContinueAsync() => SignalAsync("CONT");

    public Task<ConnectionMultiplexer> ConnectAsync() => ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{Port},allowAdmin=true,syncTimeout=60000");

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }
        _process?.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
    }

    private async Task<bool> AcceptsAsync(CancellationToken ct)
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, Port, ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("There is no redis-server on the PATH: ./test installs it.");
}
