using System.Runtime.CompilerServices;
using AiApp.Rag.Answering;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Models.Local;

/// <summary>Answers without a model: quotes the sentences that answer, each with its marker, or says that none does.</summary>
internal sealed class LocalChatClient : IChatClient
{
    public const string ModelId = "extractive-1";

    private readonly ChatClientMetadata _metadata = new(ModelsOptions.Local, null, ModelId);

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (options?.AdditionalProperties?.TryGetValue(GroundingContext.OptionsKey, out GroundingContext? grounding) is not true || grounding is null)
        {
            throw new NotSupportedException("The local model answers from passages only; set Models:Provider to 'openai' for free conversation.");
        }
        var id = Guid.NewGuid().ToString("N");
        foreach (var piece in ExtractiveAnswer.Write(grounding))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new(ChatRole.Assistant, piece) { ResponseId = id, MessageId = id, ModelId = ModelId };
        }
        yield return new(ChatRole.Assistant, []) { ResponseId = id, MessageId = id, ModelId = ModelId, FinishReason = ChatFinishReason.Stop };
        await Task.CompletedTask;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? _metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
    }
}
