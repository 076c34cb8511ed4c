using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace AiApp.Rag.Agents.Mcp;

/// <summary>What a server answered to a call.</summary>
internal sealed record McpAnswer(string Text, bool IsError);

/// <summary>One configured server. Each use is a session of its own: nothing of a run outlives it, and no restart of the server is noticed.</summary>
internal sealed class McpConnection : IDisposable
{
    private readonly HttpClient _http;
    private readonly McpServerOptions _options;
    private readonly ILoggerFactory _logging;

    public McpConnection(McpServerOptions options, ILoggerFactory logging)
    {
        (_options, _logging) = (options, logging);
        var sockets = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) };
        var handler = new BoundedResponseHandler(new Uri(options.Url), options.MaxResponseBytes, TimeSpan.FromSeconds(options.TimeoutSeconds)) { InnerHandler = sockets };
        _http = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public Task<IReadOnlyList<Tool>> ListToolsAsync(CancellationToken ct) => UseAsync<IReadOnlyList<Tool>>(
        async (client, bounded) => [.. (await client.ListToolsAsync(cancellationToken: bounded)).Select(tool => tool.ProtocolTool)], ct);

    public Task<McpAnswer> CallAsync(string tool, IReadOnlyDictionary<string, object?> arguments, CancellationToken ct) => UseAsync(async (client, bounded) =>
    {
        var result = await client.CallToolAsync(tool, arguments, cancellationToken: bounded);
        var text = new StringBuilder();
        foreach (var block in result.Content)
        {
            // Pictures and sounds are nothing that could be quoted.
            text.AppendLine(block is TextContentBlock words ? words.Text : $"(left out: {block.Type})");
        }
        if (result.Content.Count == 0 && result.StructuredContent is { } structured)
        {
            text.Append(structured.GetRawText());
        }
        return new McpAnswer(text.ToString().TrimEnd(), result.IsError is true);
    }, ct);

    public void Dispose() => _http.Dispose();

    private async Task<T> UseAsync<T>(Func<McpClient, CancellationToken, Task<T>> use, CancellationToken ct)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(ct);
        bounded.CancelAfter(TimeSpan.FromSeconds(_options.TimeoutSeconds));
        var transport = new HttpClientTransport(new()
        {
            Endpoint = new Uri(_options.Url),
            TransportMode = HttpTransportMode.StreamableHttp,
            ConnectionTimeout = TimeSpan.FromSeconds(_options.TimeoutSeconds),
            AdditionalHeaders = _options.ApiKey.Length > 0 ? new Dictionary<string, string> { ["Authorization"] = $"Bearer {_options.ApiKey}" } : null,
        }, _http, _logging, ownsHttpClient: false);
        await using var client = await McpClient.CreateAsync(
            transport, new() { InitializationTimeout = TimeSpan.FromSeconds(_options.TimeoutSeconds) }, _logging, bounded.Token);
        return await use(client, bounded.Token);
    }
}

/// <summary>Nothing but the configured address is asked, no answer is longer than allowed, and nobody waits long for the end of a session.</summary>
internal sealed class BoundedResponseHandler(Uri address, int maxBytes, TimeSpan timeout) : DelegatingHandler
{
    // What was asked for is there already.
    private static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(2);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri != address)
        {
            throw new HttpRequestException("This address is not the configured one.");
        }
        if (request.Method == HttpMethod.Delete)
        {
            return await LeaveAsync(request, cancellationToken);
        }
        var response = await base.SendAsync(request, cancellationToken);
        if ((int)response.StatusCode is >= 300 and < 400)
        {
            response.Dispose();
            throw new HttpRequestException("The server redirects, which is not followed.", null, HttpStatusCode.Redirect);
        }
        var inner = response.Content;
        var content = new StreamContent(new BoundedStream(
            await inner.ReadAsStreamAsync(cancellationToken), maxBytes, () => new HttpRequestException($"The answer is longer than {maxBytes} bytes.")));
        foreach (var header in inner.Headers)
        {
            content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
        response.Content = content;
        return response;
    }

    /// <summary>The client ends a session with no token and no time of its own.</summary>
    private async Task<HttpResponseMessage> LeaveAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(ct);
        bounded.CancelAfter(timeout < LeaveWithin ? timeout : LeaveWithin);
        using var response = await base.SendAsync(request, bounded.Token);
        // What the server says to it interests nobody, however long it takes to say it.
        return new(response.StatusCode) { RequestMessage = request };
    }
}
