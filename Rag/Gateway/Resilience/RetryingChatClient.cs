using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Gateway.Resilience;

/// <summary>
/// Tries the route once more when all of its candidates have failed before the first token, within the retry budget, the request's
/// attempts and its deadline.
/// </summary>
internal sealed class RetryingChatClient(IChatClient inner, RetryBudget budget, IOptions<GatewayOptions> options, TimeProvider clock) : DelegatingChatClient(inner)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? chat = null, CancellationToken cancellationToken = default)
    {
        budget.Called();
        IReadOnlyList<ChatMessage> prompt = [.. messages];
        for (var retry = 0; ; retry++)
        {
            try
            {
                return await base.GetResponseAsync(prompt, chat, cancellationToken);
            }
            catch (ModelProviderException failure) when (Pause(failure, retry, chat) is { } pause)
            {
                await Task.Delay(pause, clock, cancellationToken);
            }
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? chat = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        budget.Called();
        IReadOnlyList<ChatMessage> prompt = [.. messages];
        var started = false;
        for (var retry = 0; ; retry++)
        {
            TimeSpan? pause = null;
            await using (var updates = base.GetStreamingResponseAsync(prompt, chat, cancellationToken).GetAsyncEnumerator(cancellationToken))
            {
                while (true)
                {
                    try
                    {
                        if (!await updates.MoveNextAsync())
                        {
                            yield break;
                        }
                    }
                    catch (ModelProviderException failure) when (!started && (pause = Pause(failure, retry, chat)) is not null)
                    {
                        break;
                    }
                    started = true;
                    yield return updates.Current;
                }
            }
            await Task.Delay(pause!.Value, clock, cancellationToken);
        }
    }

    /// <summary>Null when it is not tried again.</summary>
    private TimeSpan? Pause(ModelProviderException failure, int retry, ChatOptions? chat)
    {
        if (!failure.IsTransient || chat.Request().Attempts.Count >= options.Value.MaxAttempts)
        {
            return null;
        }
        // The whole of it is jitter, so that callers who failed together do not come back together.
        var jitter = FirstPause * Math.Pow(2, retry) * (0.5 + Random.Shared.NextDouble());
        var pause = failure.RetryAfter is { } asked ? asked + (jitter / 2) : jitter;
        return pause < chat.TimeLeft() && budget.TryTake() ? pause : null;
    }
}
