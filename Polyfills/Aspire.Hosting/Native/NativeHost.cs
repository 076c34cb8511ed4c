using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Native;

/// <summary>Starts the resources in the order of their waits, keeps them running, and stops them in the reverse order.</summary>
internal sealed class NativeHost
{
    private const int StartAttempts = 5;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongRun = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan HealthInterval = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly NativeContext context;
    private readonly TimeProvider clock;
    private readonly Dictionary<IResource, ResourceState> states;
    private readonly List<ReplicaProxy> proxies = [];

    private NativeHost(NativeContext context, TimeProvider clock)
    {
        this.context = context;
        this.clock = clock;
        var resources = context.Builder.Resources;
        var oneShots = resources.SelectMany(resource => resource.Annotations.OfType<WaitAnnotation>())
            .Where(wait => wait.WaitType == WaitType.WaitForCompletion).Select(wait => wait.Resource).ToHashSet();
        states = resources.ToDictionary(resource => resource, resource => new ResourceState(resource, oneShots.Contains(resource)));
    }

    public static async Task<int> RunAsync(
        IDistributedApplicationBuilder builder, NativeFolder folder, ConsoleLog log, TimeProvider clock, CancellationToken ct)
    {
        using var held = folder.TryLock();
        if (held is null)
        {
            log.Say($"This clone's stack is already running: {folder.RunningEndpoints() ?? "it is still starting"}. Stop it first.");
            return 1;
        }

        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var host = new NativeHost(new NativeContext(builder, folder, log, http), clock);
        return await host.RunAsync(ct);
    }

    private async Task<int> RunAsync(CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        AllocatePorts();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var runs = states.Values.Select(state => RunAsync(state, stopping)).ToArray();
        var exitCode = 0;
        try
        {
            await Task.WhenAll(states.Values.Select(state => state.Healthy)).WaitAsync(stopping.Token);
            Greet(clock.GetElapsedTime(started));
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, stopping.Token);
        }
        catch (OperationCanceledException)
        {
            exitCode = ct.IsCancellationRequested ? 0 : 1;
        }
        await stopping.CancelAsync();
        await StopAllAsync();
        await Task.WhenAll(runs);
        return exitCode;
    }

    private void AllocatePorts()
    {
        foreach (var state in states.Values)
        {
            foreach (var endpoint in state.Resource.Annotations.OfType<EndpointAnnotation>())
            {
                endpoint.Port = Ports.Choose(endpoint.PreferredPort);
                if (endpoint.PreferredPort is { } preferred && preferred != endpoint.Port)
                {
                    context.Log.Say($"{state.Resource.Name}: port {preferred} is taken, {endpoint.Port} is used instead.");
                }

                if (state.Replicas > 1)
                {
                    endpoint.ReplicaPorts = [.. Enumerable.Range(0, state.Replicas).Select(_ => Ports.Free())];
                    proxies.Add(ReplicaProxy.Start(endpoint.Port, endpoint.ReplicaPorts));
                }
            }
        }
    }

    private async Task RunAsync(ResourceState state, CancellationTokenSource stopping)
    {
        try
        {
            await WaitForDependenciesAsync(state, stopping.Token);
            await Task.WhenAll(Enumerable.Range(0, state.Replicas).Select(replica => KeepRunningAsync(state, replica, stopping.Token)));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told to stop before, or while, it started.
        }
        catch (DistributedApplicationException exception)
        {
            Fail(state, exception.Message);
            await stopping.CancelAsync();
        }
    }

    /// <summary>Whoever waits for it fails with it, and says why.</summary>
    private void Fail(ResourceState state, string reason)
    {
        if (!state.TryFail())
        {
            return;
        }

        context.Log.Say($"{reason.TrimEnd('.')}.");
        foreach (var user in UsersOf(state))
        {
            Fail(user, $"{user.Resource.Name} was not started: {reason}");
        }
    }

    private async Task WaitForDependenciesAsync(ResourceState state, CancellationToken ct)
    {
        foreach (var wait in state.Waits)
        {
            var dependency = states[wait.Resource];
            await (wait.WaitType == WaitType.WaitForCompletion ? dependency.Completed : dependency.Healthy).WaitAsync(ct);
        }
    }

    private async Task KeepRunningAsync(ResourceState state, int replica, CancellationToken ct)
    {
        var name = state.Replicas == 1 ? state.Resource.Name : $"{state.Resource.Name}-{replica + 1}";
        for (var failures = 0; ;)
        {
            if (state.Runner is null || await state.Runner.PrepareAsync(context, replica, ct) is not { } start)
            {
                state.ReplicaHealthy();
                return;
            }

            var began = clock.GetTimestamp();
            var exitCode = await RunOnceAsync(state, replica, name, start, ct);
            ct.ThrowIfCancellationRequested();
            context.Folder.Withdraw(state.Resource.Name);
            // A program may have done its work; a server that was stopped by somebody else is still needed.
            if (state.IsOneShot || (exitCode == 0 && state.Resource is ProjectResource))
            {
                Complete(state, name, exitCode);
                return;
            }

            failures = clock.GetElapsedTime(began) > LongRun ? 1 : failures + 1;
            if (failures == StartAttempts && !state.Healthy.IsCompleted)
            {
                throw new DistributedApplicationException($"{name} ended {failures} times before it was healthy, last with exit code {exitCode}.");
            }

            var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, failures - 1)));
            context.Log.Say($"{name} has ended with exit code {exitCode} and is started again in {pause.TotalSeconds:0} s.");
            await Task.Delay(pause, clock, ct);
        }
    }

    private void Complete(ResourceState state, string name, int exitCode)
    {
        var unmet = states.Values.SelectMany(other => other.Waits)
            .FirstOrDefault(wait => wait.Resource == state.Resource && wait.WaitType == WaitType.WaitForCompletion && wait.ExitCode != exitCode);
        if (unmet is not null)
        {
            throw new DistributedApplicationException($"{name} ended with exit code {exitCode} where {unmet.ExitCode} was expected");
        }

        context.Log.Say($"{name} has ended with exit code {exitCode}.");
        state.Complete();
    }

    private async Task<int> RunOnceAsync(ResourceState state, int replica, string name, ProcessStart start, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var child = ChildProcess.Start(start, line => context.Log.Line(name, line));
        state.Track(replica, child);
        try
        {
            await WatchHealthAsync(state, replica, name, child, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The order of the stop decides when this one goes.
        }
        catch (DistributedApplicationException)
        {
            child.Stop();
            await child.Exited;
            throw;
        }

        var exitCode = await child.Exited;
        state.Forget(replica);
        return exitCode;
    }

    private async Task WatchHealthAsync(ResourceState state, int replica, string name, ChildProcess child, CancellationToken ct)
    {
        if (state.IsOneShot)
        {
            return;
        }

        var began = clock.GetTimestamp();
        var complained = false;
        while (!child.Exited.IsCompleted && !ct.IsCancellationRequested)
        {
            if (await state.Runner!.IsHealthyAsync(context, replica, ct))
            {
                ReportHealthy(state, name, clock.GetElapsedTime(began));
                return;
            }

            if (!complained && clock.GetElapsedTime(began) > Patience)
            {
                complained = true;
                context.Log.Say($"{name} is not healthy after {Patience.TotalSeconds:0} s; still waiting.");
            }

            await Task.WhenAny(child.Exited, Task.Delay(HealthInterval, clock, ct));
        }
    }

    private void ReportHealthy(ResourceState state, string name, TimeSpan elapsed)
    {
        context.Log.Say($"{name} is healthy after {elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s.");
        state.ReplicaHealthy();
        if (state.Healthy.IsCompleted && NamedUrls.Find(state.Resource) is { } url)
        {
            context.Folder.Publish(state.Resource.Name, url.Url);
        }
    }

    private void Greet(TimeSpan elapsed)
    {
        context.Log.Say($"Everything is up after {elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s. Ctrl-C stops it.");
        foreach (var resource in states.Keys)
        {
            if (NamedUrls.Find(resource) is { } url)
            {
                context.Log.Say($"  {resource.Name,-6} {url.Url}   {url.DisplayText}");
                foreach (var command in resource.Annotations.OfType<HttpCommandAnnotation>())
                {
                    context.Log.Say($"         {command.DisplayName}: curl -X {command.Method} {url.Url}{command.Path}");
                }
            }
        }
    }

    private async Task StopAllAsync()
    {
        context.Log.Say("Stopping.");
        var stops = new Dictionary<IResource, Task>();
        await Task.WhenAll(states.Values.Select(state => StopAsync(state, stops)));
        foreach (var name in states.Keys.Select(resource => resource.Name))
        {
            context.Folder.Withdraw(name);
        }

        proxies.ForEach(proxy => proxy.Dispose());
        context.Log.Say("Stopped.");
    }

    /// <summary>Those who use a resource stop before it does.</summary>
    private Task StopAsync(ResourceState state, Dictionary<IResource, Task> stops)
    {
        if (!stops.TryGetValue(state.Resource, out var stop))
        {
            stops[state.Resource] = stop = StopAfterAsync(UsersOf(state).Select(user => StopAsync(user, stops)).ToArray(), state);
        }

        return stop;
    }

    private IEnumerable<ResourceState> UsersOf(ResourceState state) =>
        states.Values.Where(other => other.Waits.Any(wait => wait.Resource == state.Resource));

    private static async Task StopAfterAsync(Task[] users, ResourceState state)
    {
        await Task.WhenAll(users);
        await state.StopAsync();
    }
}
