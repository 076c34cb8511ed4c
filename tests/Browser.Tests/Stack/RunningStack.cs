namespace AiApp.Browser.Tests.Stack;

/// <summary>
/// The stack the tests talk to: the one named by AIAPP_WEB_URL and AIAPP_API_URL, or one started here from the built hosts
/// on a database of its own.
/// </summary>
internal sealed class RunningStack : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> started = new();
    private Dictionary<string, string>? hosts;

    public required Uri Web { get; init; }
    public required Uri Api { get; init; }

    /// <param name="settings">Of the Api and the Ingestor, when they are started here.</param>
    public static async Task<RunningStack> StartAsync(IEnumerable<(string Name, string Value)> settings)
    {
        if (Variable("AIAPP_WEB_URL") is { } web && Variable("AIAPP_API_URL") is { } api)
        {
            return new RunningStack { Web = WithSlash(web), Api = WithSlash(api) };
        }
        if (Variable("ConnectionStrings__aiapp") is not { } server || Variable("ConnectionStrings__redis") is not { } redis)
        {
            throw new InvalidOperationException(
                "Nothing to test against. Run ./test, or set ConnectionStrings__aiapp and ConnectionStrings__redis, "
                + "or AIAPP_WEB_URL and AIAPP_API_URL of a running stack.");
        }
        var stack = new RunningStack { Web = HostProcess.FreeAddress(), Api = HostProcess.FreeAddress() };
        try
        {
            await stack.StartHostsAsync(server, redis, settings);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>One more Web in front of an Api, for tests that stop it or slow it down.</summary>
    public static Task<HostProcess> StartWebAsync(Uri web, Uri api) => HostProcess.StartAsync("Web", web, WebEnvironment(api));

    /// <summary>One more Api over the same documents, set up otherwise.</summary>
    public Task<HostProcess> StartApiAsync(Uri api, params IEnumerable<(string Name, string Value)> settings)
    {
        var own = new Dictionary<string, string>(hosts ?? throw new InvalidOperationException("This needs a stack of the tests' own: unset AIAPP_WEB_URL."));
        Apply(settings, own);
        return HostProcess.StartAsync("Api", api, own);
    }

    public async ValueTask DisposeAsync()
    {
        while (started.TryPop(out var part))
        {
            await part.DisposeAsync();
        }
    }

    private async Task StartHostsAsync(string server, string redis, IEnumerable<(string Name, string Value)> settings)
    {
        var database = await TestDatabase.CreateAsync(server);
        started.Push(database);
        hosts = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ConnectionStrings__aiapp"] = database.ConnectionString,
            ["ConnectionStrings__redis"] = redis,
            ["Samples__Folder"] = Path.Combine(Repository.Root, "samples"),
            ["Samples__Seed"] = "true",
        };
        Apply(settings, hosts);
        await HostProcess.RunAsync("Database", hosts);
        started.Push(await HostProcess.StartAsync("Api", Api, hosts));
        started.Push(await HostProcess.StartAsync("Ingestor", HostProcess.FreeAddress(), hosts));
        started.Push(await StartWebAsync(Web, Api));
    }

    private static void Apply(IEnumerable<(string Name, string Value)> settings, Dictionary<string, string> environment)
    {
        foreach (var (name, value) in settings)
        {
            environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }
    }

    private static Dictionary<string, string> WebEnvironment(Uri api) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["services__api__http__0"] = api.ToString(),
    };

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static Uri WithSlash(string address) => new(address.TrimEnd('/') + "/");
}
