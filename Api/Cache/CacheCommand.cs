using System.CommandLine;
using AiApp.Rag.Caching;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;

namespace AiApp.Api.Cache;

/// <summary><c>cache on | off | status</c>: on the server's console, whether a tenant's answers may be given again.</summary>
internal static class CacheCommand
{
    public const string Name = "cache";

    public static Task<int> RunAsync(string[] args, Action<WebApplicationBuilder>? configure = null, TextWriter? output = null)
    {
        var tenant = new Option<string>("--tenant") { DefaultValueFactory = _ => "default", Description = "Whose answers." };
        Command Verb(string name, string description, bool? isOn)
        {
            var verb = new Command(name, description) { tenant };
            verb.SetAction((parsed, ct) => SwitchAsync(configure, parsed.GetRequiredValue(tenant), isOn, parsed.InvocationConfiguration.Output, ct));
            return verb;
        }

        return ServerCommand.RunAsync(
            new RootCommand("AiApp's Api.")
            {
                new Command(Name, "Whether answers are given again while their documents still carry them.")
                {
                    Verb("on", "Answers may be given again.", true),
                    Verb("off", "Every question is answered anew, from two seconds on in every process.", false),
                    Verb("status", "Says which it is.", null),
                },
            },
            args, output);
    }

    private static async Task<int> SwitchAsync(
        Action<WebApplicationBuilder>? configure, string tenant, bool? isOn, TextWriter output, CancellationToken ct)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        configure?.Invoke(builder);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddStorage(StorageRole.Worker).AddTenants();
        builder.Services.AddSingleton<CacheSwitch>();
        await using var app = builder.Build();
        if (await app.Services.GetRequiredService<ApiKeyStore>().FindTenantAsync(tenant, ct) is not { } id)
        {
            await output.WriteLineAsync($"There is no tenant '{tenant}'.");
            return 1;
        }
        var tenants = app.Services.GetRequiredService<CacheSwitch>();
        if (isOn is { } wanted)
        {
            await tenants.SetAsync(id, wanted, ct);
        }
        await output.WriteLineAsync($"The cache of '{tenant}' is {(await tenants.IsOnAsync(id, ct) ? "on" : "off")}.");
        return 0;
    }
}
