using System.Text.Json;
using ModelContextProtocol;

namespace AiApp.Rag.Agents.Mcp;

/// <summary>What comes of a server that does not answer as it should.</summary>
internal static class McpFailures
{
    /// <summary>Only an <see cref="McpProtocolException"/> is the server's word that it refuses: any other leaves open what it has done.</summary>
    public static bool IsOfTheServer(Exception failure) =>
        failure is McpException or HttpRequestException or IOException or OperationCanceledException or TimeoutException or JsonException or InvalidOperationException;

    /// <summary>For the log: "HttpRequestException 503". The message may be the server's own words, and these a document's.</summary>
    public static string Describe(Exception failure) => failure switch
    {
        McpProtocolException refused => $"{failure.GetType().Name} {(int)refused.ErrorCode}",
        HttpRequestException { StatusCode: { } status } => $"{failure.GetType().Name} {(int)status}",
        _ => failure.GetType().Name,
    };
}
