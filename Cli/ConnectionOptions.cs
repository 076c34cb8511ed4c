using System.CommandLine;
using System.Net.Http.Headers;
using AiApp.Contracts;

namespace AiApp.Cli;

/// <summary>The options that every verb shares: which Api, and as whom.</summary>
internal sealed class ConnectionOptions(Surroundings surroundings)
{
    public const string KeyVariable = "AIAPP_KEY";

    public Option<string?> Api { get; } = new("--api")
    {
        Description = $"Address of the Api. Default: {ApiEndpoint.Variable}, {ApiEndpoint.File} upwards, {ApiEndpoint.Default}.",
        HelpName = "URL",
    };

    public Option<string?> Key { get; } = new("--key")
    {
        Description = $"API key. Default: {KeyVariable}.",
        HelpName = "KEY",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(Api);
        command.Options.Add(Key);
    }

    public ApiEndpoint FindEndpoint(ParseResult parsed) => ApiEndpoint.Find(parsed.GetValue(Api), surroundings);

    public ApiConnection Open(ParseResult parsed)
    {
        var endpoint = FindEndpoint(parsed);
        // A proxy for outgoing traffic cannot see this machine's loopback.
        var handler = new SocketsHttpHandler { UseProxy = !endpoint.Address.IsLoopback };
        var http = new HttpClient(handler) { BaseAddress = endpoint.Address };
        if ((parsed.GetValue(Key) ?? surroundings.Environment(KeyVariable)) is { Length: > 0 } key)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
        return new(endpoint, http);
    }
}

internal sealed class ApiConnection(ApiEndpoint endpoint, HttpClient http) : IDisposable
{
    public ApiEndpoint Endpoint { get; } = endpoint;

    public AiAppClient Client { get; } = new(http);

    public void Dispose() => http.Dispose();
}
