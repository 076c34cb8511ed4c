using System.CommandLine;
using AiApp.Api.Auth;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;

namespace AiApp.Api.Keys;

/// <summary><c>keys create | list | revoke</c>: on the server's console, because whoever reaches that owns the service anyway.</summary>
internal static class KeysCommand
{
    public const string Name = "keys";

    public static Task<int> RunAsync(string[] args, Action<WebApplicationBuilder>? configure = null, TextWriter? output = null) =>
        ServerCommand.RunAsync(Build(configure), args, output);

    private static RootCommand Build(Action<WebApplicationBuilder>? configure)
    {
        var name = new Option<string>("--name") { Required = true, Description = "What the key is for." };
        var tenant = new Option<string>("--tenant") { DefaultValueFactory = _ => "default", Description = "Whose documents it opens; made when new." };
        var onBehalfOf = new Option<bool>("--on-behalf-of") { Description = "The key may name the person it acts for (X-AiApp-User, X-AiApp-Groups)." };
        var principals = new Option<string[]>("--principal")
        {
            Description = "Also reads what this principal may, such as group:hr; can be given several times.",
        };
        var create = new Command("create", "Makes a key and prints it, this once.") { name, tenant, onBehalfOf, principals };
        create.SetAction((parsed, ct) => WithKeysAsync(configure, keys => keys.CreateAsync(
            parsed.GetRequiredValue(name), parsed.GetRequiredValue(tenant), parsed.GetValue(onBehalfOf), parsed.GetValue(principals) ?? [], parsed.InvocationConfiguration.Output, ct)));

        var list = new Command("list", "Lists keys; never their secrets.");
        list.SetAction((parsed, ct) => WithKeysAsync(configure, keys => keys.ListAsync(parsed.InvocationConfiguration.Output, ct)));

        var id = new Argument<string>("id") { Description = "The twelve characters after 'aia_'." };
        var revoke = new Command("revoke", "Makes a key useless, at once and for good.") { id };
        revoke.SetAction((parsed, ct) => WithKeysAsync(
            configure, keys => keys.RevokeAsync(parsed.GetRequiredValue(id), parsed.InvocationConfiguration.Output, ct)));

        return new RootCommand("AiApp's Api.") { new Command(Name, "API keys.") { create, list, revoke } };
    }

    private static async Task<int> WithKeysAsync(Action<WebApplicationBuilder>? configure, Func<KeyAdministration, Task<int>> act)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<KeyAdministration>();
        configure?.Invoke(builder);
        builder.AddStorage();
        builder.AddTenants();
        builder.AddApiKeys();
        await using var app = builder.Build();
        return await act(app.Services.GetRequiredService<KeyAdministration>());
    }
}
