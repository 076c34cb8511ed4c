using System.Diagnostics;

namespace Aspire.Hosting.Native;

/// <summary>A process that cannot outlive this one: supervise.sh ends it, and what it started, when its lifeline closes.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process process;
    // The script needs a moment of its own after the grace it gives.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    private readonly StreamWriter lifeline;
    private int isClosed;
    private readonly TimeSpan patience;
    private readonly TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(Process process, TimeSpan grace, Action<string> line)
    {
        this.process = process;
        patience = grace + Margin;
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

        return new ChildProcess(Process.Start(info) ?? throw new DistributedApplicationException($"{start.Command[0]} did not start."),
            TimeSpan.FromSeconds(start.GraceSeconds), line);
    }

    public void Stop()
    {
        CloseLifeline();
        stopping.TrySetResult();
    }

    public void Dispose()
    {
        CloseLifeline();
        process.Dispose();
    }

    /// <summary>Once: the process may end, and be disposed of, while <see cref="Stop"/> is still closing it.</summary>
    private void CloseLifeline()
    {
        if (Interlocked.Exchange(ref isClosed, 1) == 0)
        {
            lifeline.Dispose();
        }
    }

    private async Task<int> WaitAsync(Action<string> line)
    {
        var output = Task.WhenAll(CopyAsync(process.StandardOutput, line), CopyAsync(process.StandardError, line));
        var exit = process.WaitForExitAsync();
        await Task.WhenAny(exit, stopping.Task);
        try
        {
            await exit.WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            // The watcher of the lifeline was killed itself.
            process.Kill(entireProcessTree: true);
        }

        await output;
        await exit;
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
