using System.Diagnostics;

namespace Aspire.Hosting.Native;

/// <summary>Runs a short command to its end.</summary>
internal static class Tool
{
    public static async Task<(int ExitCode, string Output)> TryAsync(UnprivilegedUser? user, string? input, string[] command, CancellationToken ct)
    {
        // By env and setpriv, which look along PATH only: .NET looks into the current folder first, and a clone has a "test" there.
        string[] full = user is null ? ["/usr/bin/env", "--", .. command] : ["setpriv", .. user.SetprivOptions, "--", .. command];
        var info = new ProcessStartInfo(full[0], full[1..])
        {
            WorkingDirectory = "/",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(info) ?? throw new DistributedApplicationException($"{command[0]} did not start.");
        await process.StandardInput.WriteAsync(input.AsMemory(), ct);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var error = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, await output + await error);
    }

    public static async Task RunAsync(UnprivilegedUser? user, string? input, string[] command, CancellationToken ct)
    {
        var (exitCode, output) = await TryAsync(user, input, command, ct);
        if (exitCode != 0)
        {
            throw new DistributedApplicationException($"{Path.GetFileName(command[0])} failed with exit code {exitCode}: {output.Trim()}");
        }
    }

    /// <summary>Written by the user who will read it, so that its mode and owner are right from the first byte.</summary>
    public static Task WriteFileAsync(UnprivilegedUser? user, string path, string content, CancellationToken ct) =>
        RunAsync(user, content, ["sh", "-c", "umask 077 && cat >\"$0\"", path], ct);
}
