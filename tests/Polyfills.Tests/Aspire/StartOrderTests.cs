using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace AiApp.Polyfills.Tests.Aspire;

public sealed class StartOrderTests
{
    [Fact]
    public async Task A_resource_starts_after_the_one_it_waits_for_is_healthy()
    {
        using var stack = new NativeStack();
        var isHealthy = false;
        var store = stack.AddScript("store", "echo begun; exec sleep 300", () => Volatile.Read(ref isHealthy));
        stack.AddScript("api", "echo serving; exec sleep 300").WaitFor(store);

        var run = stack.RunAsync();
        await stack.Log.WaitForAsync("store: begun");
        Volatile.Write(ref isHealthy, true);
        await stack.Log.WaitForAsync("api: serving");
        await stack.StopAsync();

        Assert.Equal(0, await run);
        var lines = stack.Log.All().ToList();
        Assert.InRange(lines.FindIndex(line => line.Contains("store is healthy", StringComparison.Ordinal)), 0, lines.IndexOf("api: serving"));
    }

    [Fact]
    public async Task A_job_that_completes_lets_its_dependants_start()
    {
        using var stack = new NativeStack();
        var job = stack.AddScript("database", "exit 0");
        stack.AddScript("api", "echo serving; exec sleep 300").WaitForCompletion(job);

        var run = stack.RunAsync();
        await stack.Log.WaitForAsync("api: serving");
        await stack.StopAsync();

        Assert.Equal(0, await run);
    }

    [Fact]
    public async Task A_job_that_fails_stops_everything_and_names_everyone_who_could_not_start()
    {
        using var stack = new NativeStack();
        var job = stack.AddScript("database", "exit 3");
        var api = stack.AddScript("api", "echo serving").WaitForCompletion(job);
        stack.AddScript("web", "echo serving").WaitFor(api);
        stack.AddScript("redis", "exec sleep 300");

        Assert.Equal(1, await stack.RunAsync());

        var lines = stack.Log.All();
        Assert.Contains("aiapp: database ended with exit code 3 where 0 was expected.", lines);
        Assert.Contains("aiapp: api was not started: database ended with exit code 3 where 0 was expected.", lines);
        Assert.Contains(lines, line => line.StartsWith("aiapp: web was not started: ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.EndsWith(": serving", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_exit_code_can_be_the_expected_one()
    {
        using var stack = new NativeStack();
        var job = stack.AddScript("check", "exit 3");
        stack.AddScript("api", "echo serving; exec sleep 300").WaitForCompletion(job, exitCode: 3);

        var run = stack.RunAsync();
        await stack.Log.WaitForAsync("api: serving");
        await stack.StopAsync();

        Assert.Equal(0, await run);
    }

    [Fact]
    public async Task A_second_start_of_the_same_clone_says_so_and_leaves_the_first_alone()
    {
        using var stack = new NativeStack();
        stack.AddScript("api", "echo serving; exec sleep 300");
        var first = stack.RunAsync();
        await stack.Log.WaitForAsync("api: serving");

        Assert.Equal(1, await stack.RunAsync());
        Assert.StartsWith("aiapp: This clone's stack is already running", await stack.Log.WaitForAsync("already running"), StringComparison.Ordinal);
        Assert.False(first.IsCompleted);

        await stack.StopAsync();
        Assert.Equal(0, await first);
    }

    [Fact]
    public async Task Addresses_are_published_when_healthy_and_withdrawn_at_the_stop()
    {
        using var stack = new NativeStack();
        stack.AddScript("web", "exec sleep 300")
            .WithAnnotation(new EndpointAnnotation("http", "http", "localhost", null))
            .WithUrlForEndpoint("http", url => url.DisplayText = "Ask");

        var run = stack.RunAsync();
        await stack.Log.WaitForAsync("Ask");
        var published = await File.ReadAllTextAsync(stack.Endpoints);
        await stack.StopAsync();
        await run;

        Assert.Matches("""^{"web":"http://localhost:\d+"}$""", published);
        Assert.False(File.Exists(stack.Endpoints));
    }
}
