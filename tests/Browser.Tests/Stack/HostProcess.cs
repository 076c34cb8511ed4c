using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AiApp.Browser.Tests.Stack;

/// <summary>One of our hosts, started from its built assembly.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentQueue<string> output = new();
    private readonly Process process;
    private readonly string project;

    private HostProcess(string project, Process process)
    {
        this.project = project;
        this.process = process;
    }

    /// <summary>Runs a host that ends by itself and waits for its end.</summary>
    public static async Task RunAsync(string project, IReadOnlyDictionary<string, string> environment)
    {
        await using var host = Start(project, environment);
        using var deadline = new CancellationTokenSource(StartDeadline);
        await host.process.WaitForExitAsync(deadline.Token);
        if (host.process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{project} ended with {host.process.ExitCode}.\n{host.Output}");
        }
    }

    /// <summary>Starts a host and waits until it says that it is healthy.</summary>
    public static async Task<HostProcess> StartAsync(string project, Uri address, IReadOnlyDictionary<string, string> environment)
    {
        var host = Start(project, new Dictionary<string, string>(environment) { ["ASPNETCORE_URLS"] = address.ToString() });
        try
        {
            await host.WaitUntilHealthyAsync(new Uri(address, "health"));
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private string Output => string.Join('\n', output.TakeLast(60));

    private static HostProcess Start(string project, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.AssemblyOf(project)])
        {
            WorkingDirectory = Path.Combine(Repository.Root, project),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        var host = new HostProcess(project, Process.Start(start) ?? throw new InvalidOperationException($"{project} did not start."));
        host.process.OutputDataReceived += host.Keep;
        host.process.ErrorDataReceived += host.Keep;
        host.process.BeginOutputReadLine();
        host.process.BeginErrorReadLine();
        return host;
    }

    private async Task WaitUntilHealthyAsync(Uri health)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        using var deadline = new CancellationTokenSource(StartDeadline);
        using var timer = new PeriodicTimer(PollInterval);
        var last = "no answer";
        try
        {
            while (await timer.WaitForNextTickAsync(deadline.Token))
            {
                if (process.HasExited)
                {
                    throw new InvalidOperationException($"{project} ended with {process.ExitCode} instead of starting.\n{Output}");
                }
                try
                {
                    using var response = await http.GetAsync(health, deadline.Token);
                    if (response.IsSuccessStatusCode)
                    {
                        return;
                    }
                    last = $"{(int)response.StatusCode}";
                }
                catch (HttpRequestException exception)
                {
                    last = exception.Message;
                }
                catch (OperationCanceledException) when (!deadline.IsCancellationRequested)
                {
                    last = $"no answer within {http.Timeout.TotalSeconds} s";
                }
            }
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"{project} was not healthy within {StartDeadline.TotalSeconds} s: {last}\n{Output}", late);
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null)
        {
            output.Enqueue(line.Data);
        }
    }
}
