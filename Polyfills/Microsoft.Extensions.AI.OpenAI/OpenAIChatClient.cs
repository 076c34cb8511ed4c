using System.Runtime.CompilerServices;
using OpenAI.Chat;

namespace Microsoft.Extensions.AI;

/// <summary>Failures of the service pass through as the OpenAI package throws them.</summary>
internal sealed class OpenAIChatClient : IChatClient
{
    private readonly ChatClient client;
    private readonly ChatClientMetadata metadata;

    public OpenAIChatClient(ChatClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        this.client = client;
        metadata = new ChatClientMetadata("openai", client.Endpoint, client.Model);
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        OpenAIActivityTags.AddApiType();
        var completion = await client.CompleteChatAsync(
            RequestMessages.From(messages, options), RequestOptions.From(options, this), cancellationToken);
        OpenAIActivityTags.AddResponse(completion.Value.ServiceTier?.ToString(), completion.Value.SystemFingerprint);
        return ResponseMapping.ToResponse(completion.Value);
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        OpenAIActivityTags.AddApiType();
        var updates = client.CompleteChatStreamingAsync(
            RequestMessages.From(messages, options), RequestOptions.From(options, this), cancellationToken);
        return Stream(updates, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? metadata
            : serviceType == typeof(ChatClient) ? client
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose()
    {
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Stream(
        IAsyncEnumerable<StreamingChatCompletionUpdate> updates, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ChatRole? role = null;
        ChatFinishReason? finishReason = null;
        string? modelId = null;
        await foreach (var update in updates.WithCancellation(cancellationToken))
        {
            // Once told, role, finish reason and model hold for every later update.
            role ??= update.Role is { } told ? ResponseMapping.ToRole(told) : null;
            finishReason ??= update.FinishReason is { } reason ? ResponseMapping.ToFinishReason(reason) : null;
            modelId ??= update.Model;
            OpenAIActivityTags.AddResponse(update.ServiceTier?.ToString(), update.SystemFingerprint);
            yield return ResponseMapping.ToUpdate(update, role, finishReason, modelId);
        }
    }
}
