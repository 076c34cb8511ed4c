using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AiApp.Benchmarks.Answers;

/// <summary>The least that a server can do.</summary>
internal static class HelloServer
{
    public static async Task RunAsync(int port, CancellationToken ct)
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
