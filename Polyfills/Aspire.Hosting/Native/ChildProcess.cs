using System.Diagnostics;

namespace Aspire.Hosting.Native;

/// <summary>A process that cannot outlive this one: supervise.sh ends it, and what it started, when its lifeline closes.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process process;
    private readonly StreamWriter lifeline;

    private ChildProcess(Process process, Action<string> line)
    {
        this.process = process;
        lifeline = process.StandardInput;
        Exited = WaitAsync(line);
    }

    public Task<int> Exited { get; }

    public static ChildProcess Start(ProcessStart start, Action<string> line)
    {
        var info = new ProcessStartInfo("setsid")
        {
            WorkingDirectory = start.WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            "sh", Path.Combine(AppContext.BaseDirectory, "Native", "supervise.sh"),
            start.StopSignal, $"{start.GraceSeconds}", .. start.User?.SetprivOptions ?? [], "--", .. start.Command,
        ];
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in start.Environment)
        {
            info.Environment[name] = value;
        }

        return new ChildProcess(Process.Start(info) ?? throw new DistributedApplicationException($"{start.Command[0]} did not start."), line);
    }

    public void Stop() => lifeline.Close();

    public void Dispose()
    {
        lifeline.Dispose();
        process.Dispose();
    }

    private async Task<int> WaitAsync(Action<string> line)
    {
        await Task.WhenAll(CopyAsync(process.StandardOutput, line), CopyAsync(process.StandardError, line));
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static async Task CopyAsync(StreamReader reader, Action<string> line)
    {
        while (await reader.ReadLineAsync() is { } text)
        {
            line(text);
        }
    }
}
