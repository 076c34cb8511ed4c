using AiApp.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AiApp.Benchmarks.Answers;

/// <summary>The Api as it is deployed, and the least that a server can do: each as a process of its own.</summary>
internal static class AnswersServer
{
    // Keys are hashed with it, in this database only.
    private const string Pepper = "a-pepper-of-the-benchmark-and-of-nothing-else";

    public static async Task RunApiAsync(int port, string connection, string redis, CancellationToken ct)
    {
        await using var app = BuildApi(connection, redis, $"--urls=http://127.0.0.1:{port}");
        await app.StartAsync(ct);
        await app.WaitForShutdownAsync(ct);
    }

    public static WebApplication BuildApi(string connection, string redis, params string[] settings) => ApiHost.Build(
        [
            "--environment=Development", $"--ConnectionStrings:aiapp={connection}", $"--ConnectionStrings:redis={redis}", $"--ApiKeys:Pepper={Pepper}",
            "--Logging:LogLevel:Default=Error", .. settings,
        ]);

    public static async Task RunHelloAsync(int port, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        await using var app = builder.Build();
        app.MapPost("/api/ask", () => Results.Text("""{"text":"hello"}""", "application/json"));
        await app.StartAsync(ct);
        await app.WaitForShutdownAsync(ct);
    }
}
