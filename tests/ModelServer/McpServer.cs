using System.Collections.Concurrent;
using System.Text.Json;

namespace AiApp.Testing;

/// <summary>A tool of the server: what it answers to its arguments.</summary>
public sealed record McpServerTool(string Name, string Description, string InputSchema, Func<JsonElement, string> Answer)
{
    /// <summary>What the server says of it; nobody has to believe it.</summary>
    public bool ClaimsToBeReadOnly { get; init; }
}

/// <summary>A call of a tool as the server saw it.</summary>
public sealed record McpCall(string Tool, string Arguments);

/// <summary>A server of the Model Context Protocol over Streamable HTTP on loopback: answers in JSON, or as one event, and keeps a log.</summary>
public sealed class McpServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly IReadOnlyList<McpServerTool> tools;
    private readonly ConcurrentQueue<McpCall> calls = new();
    private readonly CancellationTokenSource stopping = new();

    private McpServer(WebApplication app, IReadOnlyList<McpServerTool> tools) => (this.app, this.tools) = (app, tools);

    public Uri Address { get; private set; } = null!;

    public IReadOnlyList<McpCall> Calls => [.. calls];

    /// <summary>Responses are events of a stream.</summary>
    public bool Streams { get; set; }

    /// <summary>Calls are made, and the stream of their answers ends before it has said anything.</summary>
    public bool BreaksOff { get; set; }

    /// <summary>Calls are refused by the protocol's own error, with these words.</summary>
    public string? Refusal { get; set; }

    /// <summary>Where every request is sent on to.</summary>
    public string? RedirectsTo { get; set; }

    /// <summary>Of the session that every client is given; none when null.</summary>
    public string? Session { get; set; }

    /// <summary>Is waited for when a client ends its session, before it is answered.</summary>
    public Func<CancellationToken, Task>? AtEnd { get; set; }

    public string? Authorization { get; private set; }

    /// <summary>Is waited for in each call, after it is in the log and before it is answered.</summary>
    public Func<McpCall, CancellationToken, Task>? InCall { get; set; }

    public static async Task<McpServer> StartAsync(params IReadOnlyList<McpServerTool> tools)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        var web = builder.Build();
        var server = new McpServer(web, tools);
        web.MapPost("/mcp", server.HandleAsync);
        web.MapDelete("/mcp", server.EndAsync);
        await web.StartAsync();
        server.Address = new Uri($"{web.Urls.Single()}/mcp");
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await app.StopAsync();
        await app.DisposeAsync();
        stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping.Token);
        Authorization = context.Request.Headers.Authorization;
        if (RedirectsTo is { } elsewhere)
        {
            context.Response.Redirect(elsewhere, permanent: false, preserveMethod: true);
            return;
        }
        using var request = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: either.Token);
        if (!request.RootElement.TryGetProperty("id", out var id))
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }
        var parameters = request.RootElement.TryGetProperty("params", out var given) ? given : default;
        try
        {
            object? result = request.RootElement.GetProperty("method").GetString() switch
            {
                "initialize" => new
                {
                    protocolVersion = parameters.GetProperty("protocolVersion").GetString(),
                    capabilities = new { tools = new { } },
                    serverInfo = new { name = "test", version = "1" },
                },
                "tools/list" => new { tools = tools.Select(Describe).ToArray() },
                "tools/call" when Refusal is null => await CallAsync(parameters, either.Token),
                _ => null,
            };
            object response = result is null
                ? new { jsonrpc = "2.0", id = id.Clone(), error = new { code = -32601, message = Refusal ?? "There is no such method." } }
                : new { jsonrpc = "2.0", id = id.Clone(), result };
            var json = JsonSerializer.Serialize(response);
            if (Session is { } session)
            {
                context.Response.Headers["Mcp-Session-Id"] = session;
            }
            if (BreaksOff && request.RootElement.GetProperty("method").ValueEquals("tools/call"))
            {
                context.Response.ContentType = "text/event-stream";
                await context.Response.WriteAsync(": made\n\n", either.Token);
                return;
            }
            context.Response.ContentType = Streams ? "text/event-stream" : "application/json";
            await context.Response.WriteAsync(Streams ? $"event: message\ndata: {json}\n\n" : json, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private async Task EndAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping.Token);
        try
        {
            await (AtEnd?.Invoke(either.Token) ?? Task.CompletedTask);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private static object Describe(McpServerTool tool)
    {
        using var schema = JsonDocument.Parse(tool.InputSchema);
        return new { name = tool.Name, description = tool.Description, inputSchema = schema.RootElement.Clone(), annotations = new { readOnlyHint = tool.ClaimsToBeReadOnly } };
    }

    private async Task<object> CallAsync(JsonElement parameters, CancellationToken ct)
    {
        var arguments = parameters.TryGetProperty("arguments", out var given) ? given.Clone() : JsonDocument.Parse("{}").RootElement;
        var call = new McpCall(parameters.GetProperty("name").GetString()!, arguments.GetRawText());
        calls.Enqueue(call);
        if (InCall is { } wait)
        {
            await wait(call, ct);
        }
        var tool = tools.Single(known => known.Name == call.Tool);
        return new { content = new[] { new { type = "text", text = tool.Answer(arguments) } }, isError = false };
    }
}
