using System.Diagnostics;
using Spectre.Console;

namespace AiApp.Cli;

/// <summary>Shows an upload while it runs: a bar on a terminal, else a line every few seconds.</summary>
internal static class UploadProgress
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(3);

    public static Task<UploadReport> ShowAsync(Terminal terminal, Func<Action<UploadState>, Task<UploadReport>> upload) =>
        terminal.Interactive ? ShowBarAsync(terminal, upload) : upload(LineWriter(terminal));

    private static Task<UploadReport> ShowBarAsync(Terminal terminal, Func<Action<UploadState>, Task<UploadReport>> upload)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Out) });
        return console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var sent = context.AddTask("sent");
                var finished = context.AddTask("finished");
                return await upload(state =>
                {
                    sent.MaxValue = finished.MaxValue = Math.Max(1, state.Files);
                    sent.Value = state.Sent;
                    finished.Value = state.Finished;
                });
            });
    }

    private static Action<UploadState> LineWriter(Terminal terminal)
    {
        var last = Stopwatch.GetTimestamp();
        return state =>
        {
            if (Stopwatch.GetElapsedTime(last) >= LineInterval)
            {
                last = Stopwatch.GetTimestamp();
                terminal.Out.WriteLine($"{state.Finished} of {state.Files} files finished, {state.Sent} sent");
            }
        };
    }
}
