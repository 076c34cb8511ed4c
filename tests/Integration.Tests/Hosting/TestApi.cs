using System.Net.Http.Headers;
using AiApp.Api;
using AiApp.Api.Keys;
using AiApp.Api.Auth;
using AiApp.Contracts;
using AiApp.Rag.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Integration.Tests.Hosting;

/// <summary>The real Api on a loopback port, over a database of its own.</summary>
internal sealed class TestApi : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly bool _ownsDatabase;
    private readonly WebApplication _app;

    private TestApi(TestDatabase database, bool ownsDatabase, WebApplication app)
    {
        (_database, _ownsDatabase) = (database, ownsDatabase);
        _app = app;
        Address = new Uri(app.Urls.First());
    }

    public Uri Address { get; }
    public TestDatabase Database => _database;
    public IServiceProvider Services => _app.Services;

    /// <param name="shared">The database of another Api; one of its own when null.</param>
    public static async Task<TestApi> StartAsync(
        string environment = "Development", Action<WebApplicationBuilder>? configure = null, string? postgres = null, TestDatabase? shared = null, params string[] settings)
    {
        var database = shared ?? await TestDatabase.CreateAsync();
        var app = ApiHost.Build(
            [
                // An answer that is written anew by chance is a call to the model that no test has asked for.
                $"--environment={environment}", "--urls=http://127.0.0.1:0", "--ConnectionStrings:redis=", "--Cache:ShadowShare=0",
                $"--ConnectionStrings:aiapp={postgres?.Replace("{database}", DatabaseName(database)) ?? database.ConnectionString}", .. settings,
            ],
            configure);
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            await (shared is null ? database.DisposeAsync() : ValueTask.CompletedTask);
            throw;
        }
        return new TestApi(database, shared is null, app);
    }

    /// <summary>Without a key unless one is given.</summary>
    public HttpClient CreateHttp(string? key = null)
    {
        var http = new HttpClient { BaseAddress = Address };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    /// <summary>For a tenant that no other test has.</summary>
    public async Task<AiAppClient> CreateClientAsync() => new(CreateHttp(await CreateKeyAsync($"tenant {Guid.NewGuid():N}")));

    public async Task<string> CreateKeyAsync(string tenant = "default", bool onBehalfOf = false, params string[] principals)
    {
        var output = new StringWriter();
        var keys = new KeyAdministration(
            Services.GetRequiredService<ApiKeyStore>(), Services.GetRequiredService<ApiKeyHasher>(), TimeProvider.System);
        Assert.Equal(0, await keys.CreateAsync("a test", tenant, onBehalfOf, principals, output, CancellationToken.None));
        return output.ToString().Split('\n')[0].Trim();
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await (_ownsDatabase ? _database.DisposeAsync() : ValueTask.CompletedTask);
    }

    private static string DatabaseName(TestDatabase database) =>
        new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString).Database!;
}
