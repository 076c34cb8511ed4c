namespace Aspire.Hosting.Native;

/// <summary>Runs one kind of resource as a process of this machine.</summary>
internal interface INativeRunner
{
    /// <summary>Does what must be done before the start; null when nothing is left to run.</summary>
    Task<ProcessStart?> PrepareAsync(NativeContext context, int replica, CancellationToken ct);

    /// <summary>Asked again and again until true; never throws for a server that does not answer yet.</summary>
    Task<bool> IsHealthyAsync(NativeContext context, int replica, CancellationToken ct);
}

internal sealed record NativeContext(IDistributedApplicationBuilder Builder, NativeFolder Folder, ConsoleLog Log, HttpClient Http);

internal sealed record ProcessStart(string WorkingDirectory, params string[] Command)
{
    /// <summary>A null value removes what would be inherited.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public string StopSignal { get; init; } = "TERM";

    public int GraceSeconds { get; init; } = 15;

    public UnprivilegedUser? User { get; init; }
}
