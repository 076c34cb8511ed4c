using System.Diagnostics;
using AiApp.Rag.Ingestion.Parsing;

namespace AiApp.Integration.Tests.Chaos;

/// <summary>A service as a process of the operating system, started again whenever it ends.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly string _assembly;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _supervision;
    private volatile Process? _process;

    /// <param name="name">Project and folder of the built service, such as "Api".</param>
    public ServiceProcess(string name, IReadOnlyDictionary<string, string> environment)
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        _assembly = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", name, configuration, $"AiApp.{name}.dll"));
        _environment = environment;
        _supervision = Task.Run(SuperviseAsync);
    }

    public int Starts { get; private set; }

    /// <summary>The processes that it has started.</summary>
    public IReadOnlyList<int> Children() => _process is { } process ? [.. ProcessUse.ChildrenOf(process.Id)] : [];

    public bool Kill() => Signal("KILL", _process?.Id);

    /// <summary>Asks it to end, and waits until it has. It starts again.</summary>
    public async Task DrainAsync(CancellationToken ct)
    {
        var process = _process ?? throw new InvalidOperationException("The service is not running.");
        Signal("TERM", process.Id);
        while (ReferenceEquals(_process, process))
        {
            await Task.Delay(20, ct);
        }
    }

    public bool Pause() => Signal("STOP", _process?.Id);

    public bool Resume() => Signal("CONT", _process?.Id);

    /// <summary>Kills one of the processes that the service has started; false when it has none.</summary>
    public bool KillChild(Random random)
    {
        var children = Children();
        return children.Count > 0 && Signal("KILL", children[random.Next(children.Count)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Resume();
        Kill();
        await _supervision;
        _stop.Dispose();
    }

    private async Task SuperviseAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [_assembly])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                WorkingDirectory = Path.GetDirectoryName(_assembly)!,
            };
            foreach (var (name, value) in _environment)
            {
                start.Environment[name] = value;
            }
            using var process = Process.Start(start)!;
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            _process = process;
            Starts++;
            await process.WaitForExitAsync(CancellationToken.None);
            _process = null;
        }
    }

    private static bool Signal(string signal, int? id)
    {
        if (id is not { } known)
        {
            return false;
        }
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", $"{known}"]) { UseShellExecute = false, RedirectStandardError = true })!;
        kill.WaitForExit();
        return kill.ExitCode == 0;
    }
}
