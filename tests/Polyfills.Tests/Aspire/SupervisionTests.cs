using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.Native;

namespace AiApp.Polyfills.Tests.Aspire;

public sealed class SupervisionTests
{
    [Fact]
    public async Task A_crashed_project_is_started_again()
    {
        using var stack = new NativeStack();
        stack.AddScript("api", "if [ -e crashed ]; then echo back; exec sleep 300; fi; touch crashed; exit 9");

        var run = stack.RunAsync();
        var notice = await stack.Log.WaitForAsync("started again");
        await stack.Log.WaitForAsync("api: back");
        await stack.StopAsync();

        Assert.Equal(0, await run);
        Assert.Equal("aiapp: api has ended with exit code 9 and is started again in 1 s.", notice);
    }

    [Fact]
    public async Task A_stop_asks_first_and_the_users_of_a_resource_leave_before_it()
    {
        using var stack = new NativeStack();
        var store = stack.AddScript("store", "trap 'echo closed; exit 0' TERM; echo open; while :; do sleep 0.1; done");
        stack.AddScript("api", "trap 'sleep 0.3; echo closed; exit 0' TERM; echo open; while :; do sleep 0.1; done").WaitFor(store);

        var run = stack.RunAsync();
        await stack.Log.WaitForAsync("api: open");
        await stack.StopAsync();

        Assert.Equal(0, await run);
        Assert.Equal(["api: closed", "store: closed"], stack.Log.All().Where(line => line.EndsWith(": closed", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Whatever_a_child_has_started_ends_with_it()
    {
        using var stack = new NativeStack();
        stack.AddScript("ingestor", "sleep 300 & echo parser $!; wait");

        var run = stack.RunAsync();
        var grandchild = ProcessIdIn(await stack.Log.WaitForAsync("parser"));
        Assert.True(IsAlive(grandchild));
        await stack.StopAsync();
        await run;

        await EndOf(grandchild).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_child_ends_when_its_lifeline_breaks_as_it_does_when_the_app_host_is_killed()
    {
        var said = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStart("/", "/bin/sh", "-c", "echo child $$; exec sleep 300");
        using var child = ChildProcess.Start(start, line => said.TrySetResult(line));
        var id = ProcessIdIn(await said.Task.WaitAsync(TimeSpan.FromSeconds(30)));

        child.Stop(); // closes the pipe, which is all the kernel does for a process that was killed
        await child.Exited.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.False(IsAlive(id));
    }

    [Fact]
    public async Task A_child_that_ignores_the_signal_is_killed_after_the_grace()
    {
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStart("/", "/bin/sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done") { GraceSeconds = 1 };
        using var child = ChildProcess.Start(start, _ => said.TrySetResult());
        await said.Task.WaitAsync(TimeSpan.FromSeconds(30));

        child.Stop();

        Assert.Equal(128 + 9, await child.Exited.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_child_whose_watcher_was_killed_ends_all_the_same()
    {
        var log = new RecordingLog();
        const string KillTheWatcher = "for p in $(pgrep -P $PPID); do [ $p = $$ ] || kill -9 $p; done; echo alone; exec sleep 600";
        using var child = ChildProcess.Start(new ProcessStart("/", "/bin/sh", "-c", KillTheWatcher) { GraceSeconds = 1 }, text => log.Line("child", text));
        await log.WaitForAsync("alone");

        child.Stop();

        Assert.NotEqual(0, await child.Exited.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task The_exit_code_and_both_outputs_of_a_child_arrive()
    {
        var lines = new System.Collections.Concurrent.ConcurrentBag<string>();
        using var child = ChildProcess.Start(new ProcessStart("/", "/bin/sh", "-c", "echo out; echo err >&2; exit 7"), lines.Add);

        Assert.Equal(7, await child.Exited.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(["err", "out"], lines.Order());
    }

    private static int ProcessIdIn(string line) => int.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture);

    /// <summary>A zombie nobody has collected yet is dead.</summary>
    /// <summary>The signal has been sent when the stack has stopped; on a busy machine it arrives a moment later.</summary>
    private static async Task EndOf(int id)
    {
        try
        {
            await Process.GetProcessById(id).WaitForExitAsync();
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
    }

    private static bool IsAlive(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].Trim()[0] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }
}
