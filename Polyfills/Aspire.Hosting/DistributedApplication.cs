using Aspire.Hosting.Native;

namespace Aspire.Hosting;

/// <summary>Stands in for the Aspire orchestrator: runs the model as plain processes of this machine, without containers or a dashboard.</summary>
public sealed class DistributedApplication
{
    private readonly DistributedApplicationBuilder builder;

    internal DistributedApplication(DistributedApplicationBuilder builder) => this.builder = builder;

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new DistributedApplicationBuilder(args);

    /// <summary>Runs until the process is told to stop. A stack that cannot start sets the exit code to 1.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new DistributedApplicationException("Without containers this runs on Linux only; elsewhere use a container engine and -p:Polyfill=false.");
        }

        using var signals = new StopSignals(cancellationToken);
        var folder = new NativeFolder(Path.Combine(Path.GetFullPath(builder.AppHostDirectory), "..", ".aiapp"));
        Environment.ExitCode = await NativeHost.RunAsync(builder, folder, new ConsoleLog(), TimeProvider.System, signals.Token);
    }
}
