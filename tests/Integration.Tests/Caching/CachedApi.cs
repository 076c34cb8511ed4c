using System.Net.Http.Headers;
using AiApp.Api;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Integration.Tests.Caching;

/// <summary>Another process over the same database and the same Redis.</summary>
internal sealed class CachedApi : IAsyncDisposable
{
    private readonly WebApplication _app;

    private CachedApi(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public static async Task<CachedApi> OverAsync(TestApi api, params string[] settings)
    {
        var app = ApiHost.Build(
        [
            "--environment=Development", "--urls=http://127.0.0.1:0", $"--ConnectionStrings:aiapp={api.Database.ConnectionString}",
            $"--ConnectionStrings:redis={api.Services.GetRequiredService<IConfiguration>().GetConnectionString("redis")}", "--Cache:ShadowShare=0", .. settings,
        ]);
        await app.StartAsync();
        await PatientRedis.ConnectAsync(app.Services);
        return new(app);
    }

    public async Task<AnswerDto> AskAsync(string key, string question)
    {
        using var http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await new AiAppClient(http).AskAsync(new() { Question = question });
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
