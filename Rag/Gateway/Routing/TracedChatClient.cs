using System.Diagnostics;
using System.Runtime.CompilerServices;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Routing;

/// <summary>Notes the span of the call and the provider's id of the response: what is found out about an answer later is told beside them.</summary>
internal sealed class TracedChatClient(IChatClient inner) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var attempt = Begin(options);
        var response = await base.GetResponseAsync(messages, options, cancellationToken);
        attempt?.ResponseId = response.ResponseId;
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var attempt = Begin(options);
        await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            attempt?.ResponseId ??= update.ResponseId;
            yield return update;
        }
    }

    private static ModelAttempt? Begin(ChatOptions? options)
    {
        var attempt = options.Attempt();
        // Without a listener there is no span of the call, and the current one is that of somebody else.
        attempt?.Span = Activity.Current is { Source.Name: RagTelemetry.ModelsName } call ? call.Context : null;
        return attempt;
    }
}
