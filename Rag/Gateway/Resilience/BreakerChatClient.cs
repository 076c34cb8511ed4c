using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Resilience;

/// <summary>Tells the breaker of its model how each call ended. Whether a call is made at all is the router's to decide.</summary>
internal sealed class BreakerChatClient(IChatClient inner, CircuitBreaker breaker) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var response = await base.GetResponseAsync(messages, options, cancellationToken);
            breaker.Succeeded();
            return response;
        }
        catch (Exception failure)
        {
            Note(failure);
            throw;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var ended = false;
        try
        {
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
                catch (Exception failure)
                {
                    ended = true;
                    Note(failure);
                    throw;
                }
                yield return updates.Current;
            }
            ended = true;
            breaker.Succeeded();
        }
        finally
        {
            if (!ended)
            {
                breaker.ProbeEnded();
            }
        }
    }

    private void Note(Exception failure)
    {
        if (failure is ModelProviderException { IsOfTheRequest: false } provider)
        {
            breaker.Failed(provider.RetryAfter, provider.Code);
        }
        else
        {
            breaker.ProbeEnded();
        }
    }
}
