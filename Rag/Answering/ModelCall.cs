using System.ClientModel;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AiApp.Rag.Models;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Answering;

/// <summary>One streamed model call with a deadline; every failure of the provider becomes a <see cref="ModelProviderException"/>.</summary>
internal static class ModelCall
{
    public static async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        IChatClient client, IEnumerable<ChatMessage> messages, ChatOptions options, TimeSpan timeout, [EnumeratorCancellation] CancellationToken ct)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(timeout);
        await using var updates = client.GetStreamingResponseAsync(messages, options, deadline.Token).GetAsyncEnumerator(deadline.Token);
        var started = false;
        var finished = false;
        while (true)
        {
            try
            {
                if (!await updates.MoveNextAsync())
                {
                    break;
                }
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                throw new ModelProviderException("provider_timeout", $"The model did not finish within {timeout.TotalSeconds:0} seconds.");
            }
            catch (Exception exception)
            {
                if (Translate(exception, started) is { } known)
                {
                    throw known;
                }
                throw;
            }
            started = true;
            finished |= updates.Current.FinishReason is not null;
            yield return updates.Current;
        }
        if (!finished)
        {
            // A cut stream can end like a complete one; the finish reason is what tells them apart.
            throw new ModelProviderException("stream_interrupted", "The model's answer ended before it was complete.");
        }
    }

    private static ModelProviderException? Translate(Exception exception, bool started) => exception switch
    {
        ClientResultException { Status: 429 } limited => new("provider_rate_limited", "The model provider limits its rate; try again later.", limited, RetryAfter.Of(limited)),
        ClientResultException { Status: 401 or 403 } refused => new("provider_error", "The model provider refused the key: check Models:OpenAI:ApiKey.", refused),
        ClientResultException { Status: > 0 } failed => new("provider_error", $"The model provider answered with status {failed.Status}.", failed),
        JsonException bad => new("provider_bad_output", "The model provider sent something that is not its protocol.", bad),
        AggregateException { InnerException: { } inner } => Translate(inner, started),
        ClientResultException or HttpRequestException or IOException => started
            ? new("stream_interrupted", "The model's answer broke off.", exception)
            : new("provider_error", "The model provider cannot be reached: check Models:OpenAI:Endpoint.", exception),
        _ => null,
    };
}
