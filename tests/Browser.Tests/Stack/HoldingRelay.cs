using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AiApp.Browser.Tests.Stack;

/// <summary>
/// Stands between a Web and the Api and holds every answer after its first piece of text, as a slow model would. What happens
/// to an unfinished answer can so be tested without waiting for anything to be slow.
/// </summary>
internal sealed class HoldingRelay : IAsyncDisposable
{
    private readonly TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient http;
    private readonly WebApplication app;

    private HoldingRelay(Uri api, Uri address)
    {
        http = new HttpClient { BaseAddress = api, Timeout = Timeout.InfiniteTimeSpan };
        Address = address;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address.ToString());
        // Events never end by themselves.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        app = builder.Build();
        app.Run(context => Around(context, () => RelayAsync(context)));
    }

    public Uri Address { get; }

    /// <summary>What a test does around the relaying of one request, such as waiting.</summary>
    public Func<HttpContext, Func<Task>, Task> Around { get; set; } = (_, relay) => relay();

    /// <summary>Completes when the caller of a held answer has gone away.</summary>
    public Task Aborted => aborted.Task;

    /// <summary>At an address of its own, or where another one was before.</summary>
    public static async Task<HoldingRelay> StartAsync(Uri api, Uri? address = null)
    {
        var relay = new HoldingRelay(api, address ?? HostProcess.FreeAddress());
        await relay.app.StartAsync();
        return relay;
    }

    /// <summary>Lets this and every later answer through.</summary>
    public void Release() => release.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        await app.DisposeAsync();
        http.Dispose();
    }

    private async Task RelayAsync(HttpContext context)
    {
        var gone = context.RequestAborted;
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), $"{context.Request.Path}{context.Request.QueryString}".TrimStart('/'));
        if (context.Request.ContentLength is not 0 && context.Request.ContentType is { } contentType)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }
        if (context.Request.Headers["Last-Event-ID"] is [{ } last])
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", last);
        }
        if (context.Request.Headers.Accept is [{ } accept])
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, gone);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await using var body = await response.Content.ReadAsStreamAsync(gone);
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream" && context.Request.Path.StartsWithSegments("/api/conversations", StringComparison.Ordinal))
        {
            await RelayAnswerAsync(context, body);
        }
        else
        {
            await body.CopyToAsync(context.Response.Body, gone);
        }
    }

    private async Task RelayAnswerAsync(HttpContext context, Stream body)
    {
        var gone = context.RequestAborted;
        using var reader = new StreamReader(body);
        var isText = false;
        try
        {
            while (await reader.ReadLineAsync(gone) is { } line)
            {
                isText |= line == "event: delta";
                await context.Response.WriteAsync(line + "\n", gone);
                if (line.Length == 0)
                {
                    await context.Response.Body.FlushAsync(gone);
                    if (isText)
                    {
                        await release.Task.WaitAsync(gone);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            aborted.TrySetResult();
        }
    }
}
