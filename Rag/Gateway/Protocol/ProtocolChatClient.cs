using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Protocol;

/// <summary>
/// Stands before a provider's own client: every failure becomes a <see cref="ModelProviderException"/>, and what is not a complete
/// answer is one.
/// </summary>
internal sealed class ProtocolChatClient(IChatClient inner, string provider) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatResponse response;
        try
        {
            response = await base.GetResponseAsync(messages, options, cancellationToken);
        }
        catch (Exception failure) when (ProviderFailures.IsOfTheProvider(failure, cancellationToken))
        {
            throw ProviderFailures.Translate(failure, provider, begun: false);
        }
        var check = new AnswerCheck(options);
        foreach (var message in response.Messages)
        {
            check.Add(message.Contents);
        }
        check.End(response.FinishReason);
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var check = new AnswerCheck(options);
        ChatFinishReason? finished = null;
        await using var updates = base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await updates.MoveNextAsync())
                {
                    break;
                }
            }
            catch (Exception failure) when (ProviderFailures.IsOfTheProvider(failure, cancellationToken))
            {
                throw ProviderFailures.Translate(failure, provider, check.HasBegun);
            }
            finished = updates.Current.FinishReason ?? finished;
            check.Add(updates.Current);
            yield return updates.Current;
        }
        check.End(finished);
    }
}
