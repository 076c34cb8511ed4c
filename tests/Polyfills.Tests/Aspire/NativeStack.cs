using System.Threading.Channels;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Native;

namespace AiApp.Polyfills.Tests.Aspire;

/// <summary>A model of small shell scripts in a folder of its own.</summary>
internal sealed class NativeStack : IDisposable
{
    private readonly CancellationTokenSource stop = new(TimeSpan.FromMinutes(5));

    private readonly bool ownsRoot = true;

    public NativeStack(params string[] args)
    {
        Root = Path.Combine(Path.GetTempPath(), $"aiapp-native-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Root);
        Builder = new DistributedApplicationBuilder(args, Path.Combine(Root, "AppHost"));
        Folder = new NativeFolder(Path.Combine(Root, ".aiapp"));
    }

    /// <summary>Starts again in the folder of another stack.</summary>
    public NativeStack(NativeStack earlier)
    {
        ownsRoot = false;
        Root = earlier.Root;
        Builder = new DistributedApplicationBuilder([], Path.Combine(Root, "AppHost"));
        Folder = earlier.Folder;
    }

    public string Root { get; }

    public DistributedApplicationBuilder Builder { get; }

    public NativeFolder Folder { get; }

    public RecordingLog Log { get; } = new();

    public string Endpoints => Path.Combine(Folder.Root, "endpoints.json");

    public IResourceBuilder<ScriptResource> AddScript(string name, string script, Func<bool>? healthy = null) =>
        Builder.AddResource(new ScriptResource(name))
            .WithAnnotation(new NativeRunnerAnnotation(new ScriptRunner(Root, script, healthy ?? (() => true))));

    public Task<int> RunAsync() => NativeHost.RunAsync(Builder, Folder, Log, TimeProvider.System, stop.Token);

    public Task StopAsync() => stop.CancelAsync();

    public void Dispose()
    {
        stop.Dispose();
        if (ownsRoot)
        {
            Directory.Delete(Root, recursive: true);
        }
    }

    private sealed class ScriptRunner(string folder, string script, Func<bool> healthy) : INativeRunner
    {
        public Task<ProcessStart?> PrepareAsync(NativeContext context, int replica, CancellationToken ct) =>
            Task.FromResult<ProcessStart?>(new ProcessStart(folder, "/bin/sh", "-c", script));

        public Task<bool> IsHealthyAsync(NativeContext context, int replica, CancellationToken ct) => Task.FromResult(healthy());
    }
}

internal sealed class ScriptResource(string name) : Resource(name), IResourceWithWaitSupport, IResourceWithEndpoints;

internal sealed class RecordingLog : ConsoleLog
{
    private readonly Channel<string> arriving = Channel.CreateUnbounded<string>();
    private readonly List<string> seen = [];

    public override void Line(string name, string text) => arriving.Writer.TryWrite($"{name}: {text}");

    /// <summary>Waits for a line that contains <paramref name="text"/> and has not been waited past yet.</summary>
    public async Task<string> WaitForAsync(string text)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (true)
        {
            var line = await arriving.Reader.ReadAsync(patience.Token);
            seen.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    public IReadOnlyList<string> All()
    {
        while (arriving.Reader.TryRead(out var line))
        {
            seen.Add(line);
        }

        return seen;
    }
}
