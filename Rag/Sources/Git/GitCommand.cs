using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace AiApp.Rag.Sources.Git;

/// <summary>What a git command wrote, and how it ended. Errors are looked at and never shown: they may hold addresses with secrets.</summary>
internal sealed record GitOutput(int ExitCode, byte[] Bytes, string Errors)
{
    public string Text => Encoding.UTF8.GetString(Bytes);
}

/// <summary>
/// One git command, without a shell and without what a machine's own configuration, a repository's hooks or a prompt could do
/// to it. It is killed with its children when it takes too long, writes too much or is no longer wanted.
/// </summary>
internal sealed class GitCommand
{
    private const int MaxErrorCharacters = 16 * 1024;

    private static readonly string[] Settings =
    [
        "core.hooksPath=/dev/null", "credential.helper=", "http.followRedirects=false", "http.proxy=", "fetch.recurseSubmodules=false",
        "submodule.recurse=false", "gc.auto=0", "maintenance.auto=false", "protocol.allow=never",
    ];

    public required string Folder { get; init; }
    public required TimeSpan Timeout { get; init; }
    public required long MaxOutputBytes { get; init; }

    /// <summary>The one protocol that may be spoken; none when unset, which also keeps missing objects from being fetched.</summary>
    public string Protocol { get; init; } = "none";

    /// <summary>Settings that hold secrets or belong to one call: they travel in the environment, which other users cannot list.</summary>
    public IReadOnlyList<(string Name, string Value)> Private { get; init; } = [];

    /// <summary>Looked at while the command runs; true ends it.</summary>
    public Func<bool>? IsTooLarge { get; init; }

    /// <exception cref="SourceException">It could not be started, or passed a bound.</exception>
    public async Task<GitOutput> RunAsync(TimeProvider clock, CancellationToken ct, params string[] arguments)
    {
        using var bounded = new CancellationTokenSource(Timeout, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, bounded.Token);
        using var process = Start(arguments);
        process.StandardInput.Close();
        var watching = WatchAsync(stop, clock);
        try
        {
            var errors = ReadErrorsAsync(process.StandardError, stop.Token);
            var bytes = await ReadAsync(process.StandardOutput.BaseStream, stop.Token);
            await process.WaitForExitAsync(stop.Token);
            return new GitOutput(process.ExitCode, bytes, await errors);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw bounded.IsCancellationRequested
                ? new SourceException(SourceCodes.Unreachable, $"git took longer than {Timeout.TotalSeconds:N0} s (Sources:GitTimeoutSeconds).")
                : new SourceException(SourceCodes.TooLarge, "The repository is larger than Sources:MaxRepositoryBytes.");
        }
        finally
        {
            Kill(process);
            await stop.CancelAsync();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo("git", [.. Settings.SelectMany(setting => new[] { "-c", setting }), "-c", $"protocol.{Protocol}.allow=always", "--literal-pathspecs", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        var path = start.Environment["PATH"];
        start.Environment.Clear();
        foreach (var (name, value) in Environment(path))
        {
            start.Environment[name] = value;
        }
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new SourceException(SourceCodes.Internal, "git is not installed where the service runs.", failure);
        }
    }

    private IEnumerable<(string, string?)> Environment(string? path)
    {
        // A repository below a root may belong to another user of the machine; nothing of it is executed.
        (string Name, string Value)[] settings = [("safe.directory", "*"), .. Private];
        return
        [
            ("PATH", path), ("HOME", Folder), ("LC_ALL", "C"), ("GIT_TERMINAL_PROMPT", "0"), ("GIT_ASKPASS", ""), ("SSH_ASKPASS", ""),
            ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", Path.Combine(Folder, "gitconfig")), ("GIT_ALLOW_PROTOCOL", Protocol), ("GIT_PROTOCOL_FROM_USER", "0"),
            ("GIT_LFS_SKIP_SMUDGE", "1"), ("GIT_NO_LAZY_FETCH", "1"), ("GIT_OPTIONAL_LOCKS", "0"), ("GIT_CONFIG_COUNT", settings.Length.ToString()),
            .. settings.SelectMany((setting, at) => new (string, string?)[] { ($"GIT_CONFIG_KEY_{at}", setting.Name), ($"GIT_CONFIG_VALUE_{at}", setting.Value) }),
        ];
    }

    private async Task<byte[]> ReadAsync(Stream output, CancellationToken ct)
    {
        var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await output.ReadAsync(buffer, ct)) > 0;)
        {
            all.Write(buffer, 0, read);
            if (all.Length > MaxOutputBytes)
            {
                throw new SourceException(SourceCodes.TooLarge, $"This is larger than {MaxOutputBytes >> 20:N0} MB.");
            }
        }
        return all.ToArray();
    }

    private static async Task<string> ReadErrorsAsync(StreamReader errors, CancellationToken ct)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        for (int read; (read = await errors.ReadAsync(buffer.AsMemory(), ct)) > 0;)
        {
            text.Append(buffer, 0, Math.Min(read, MaxErrorCharacters - text.Length));
        }
        return text.ToString();
    }

    private async Task WatchAsync(CancellationTokenSource stop, TimeProvider clock)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500), clock);
        while (IsTooLarge is not null && await timer.WaitForNextTickAsync(stop.Token))
        {
            if (IsTooLarge())
            {
                await stop.CancelAsync();
            }
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
