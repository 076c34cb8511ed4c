using System.Globalization;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Gateway;
using AiApp.Rag.Models;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AiApp.Integration.Tests.Gateway;

/// <summary>The gateway as the Api has it, over real endpoints and the ledger in Postgres.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly IHost _host;

    private GatewayHost(IHost host) => _host = host;

    public IChatClient Chat => _host.Services.GetRequiredService<IChatClient>();

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>
    /// One provider with one model for each endpoint, a route for answers over all of them in this order. They are waited for as in
    /// production, because a busy machine may be slow too.
    /// </summary>
    public static GatewayHost Start(TestDatabase database, IEnumerable<Uri> endpoints, params string[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["ConnectionStrings:aiapp"] = database.ConnectionString;
        foreach (var (place, endpoint) in endpoints.Index())
        {
            var (provider, model) = ($"p{place}", $"m{place}");
            builder.Configuration[$"Models:Providers:{provider}:Endpoint"] = endpoint.ToString();
            builder.Configuration[$"Models:Providers:{provider}:ApiKey"] = "none";
            builder.Configuration[$"Models:Chat:{model}:Provider"] = provider;
            builder.Configuration[$"Models:Chat:{model}:Prices:0:Version"] = "test";
            builder.Configuration[$"Models:Chat:{model}:Prices:0:Input"] = "1";
            builder.Configuration[$"Models:Chat:{model}:Prices:0:Output"] = "4";
            builder.Configuration[$"Models:Routes:answer:{place.ToString(CultureInfo.InvariantCulture)}"] = model;
        }
        builder.Configuration.AddCommandLine(settings);
        builder.AddStorage().AddModels();
        return new(builder.Build());
    }

    /// <summary>Settings with which the provider at this place is given up after less than a second.</summary>
    public static IEnumerable<string> Impatient(int place) =>
        new[] { "Connect", "FirstToken", "BetweenTokens", "Whole" }.Select(wait => string.Create(CultureInfo.InvariantCulture, $"--Models:Providers:p{place}:{wait}Seconds=0.8"));

    /// <summary>The same between tokens alone, with time enough for the first of them.</summary>
    public static IEnumerable<string> ImpatientLater(int place) => [$"--Models:Providers:p{place}:BetweenTokensSeconds=3"];

    public static async Task<TenantId> NewTenantAsync(TestDatabase database) =>
        new(await database.ReadAsync<int>($"INSERT INTO tenant (name) VALUES ('tenant {Guid.NewGuid():N}') RETURNING tenant_id"));

    public static ChatOptions Options(ModelRequest request, int maxOutputTokens = 200) =>
        new() { MaxOutputTokens = maxOutputTokens, AdditionalProperties = new() { [ModelRequest.OptionsKey] = request } };

    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }
    }
}
