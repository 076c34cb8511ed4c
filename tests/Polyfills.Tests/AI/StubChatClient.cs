using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AiApp.Polyfills.Tests.AI;

/// <summary>Answers with what it is given and remembers what it was asked.</summary>
internal sealed class StubChatClient(params ChatResponseUpdate[] updates) : IChatClient
{
    public ChatOptions? SeenOptions { get; private set; }

    public CancellationToken SeenToken { get; private set; }

    /// <summary>Thrown after the updates, or instead of an unstreamed answer.</summary>
    public Exception? Failure { get; init; }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        (SeenOptions, SeenToken) = (options, cancellationToken);
        return Failure is null ? Task.FromResult(updates.ToChatResponse()) : Task.FromException<ChatResponse>(Failure);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (SeenOptions, SeenToken) = (options, cancellationToken);
        foreach (var update in updates)
        {
            await Task.Yield();
            yield return update;
        }

        if (Failure is not null)
        {
            throw Failure;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("stub", new Uri("http://models.test:8080/v1"), "small-1")
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
    }
}
