using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Resilience;

/// <summary>How long a provider may be silent.</summary>
internal sealed record CallTimeouts(TimeSpan FirstToken, TimeSpan BetweenTokens, TimeSpan Whole);

/// <summary>
/// Gives up a provider that is silent: before the first token, between two, or, where nothing is streamed, for the whole answer. Never
/// longer than the request has time.
/// </summary>
internal sealed class TimeoutChatClient(IChatClient inner, CallTimeouts timeouts, TimeProvider clock) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var silence = new Silence(clock, cancellationToken);
        silence.Bound(Least(timeouts.Whole, options));
        try
        {
            return await base.GetResponseAsync(messages, options, silence.Token);
        }
        catch (Exception failure) when (silence.Is(failure, cancellationToken))
        {
            throw new ModelProviderException(ModelFailureCodes.Timeout, "The model provider did not answer in time.", failure);
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var silence = new Silence(clock, cancellationToken);
        silence.Bound(Least(timeouts.FirstToken, options));
        await using var updates = base.GetStreamingResponseAsync(messages, options, silence.Token).GetAsyncEnumerator(silence.Token);
        for (var first = true; ; first = false)
        {
            try
            {
                if (!await updates.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (Exception failure) when (silence.Is(failure, cancellationToken))
            {
                throw new ModelProviderException(ModelFailureCodes.Timeout,
                    first ? "The model provider sent no first token in time." : "The model's answer stopped in the middle.", failure);
            }
            // The reader may take its time.
            silence.Bound(Timeout.InfiniteTimeSpan);
            yield return updates.Current;
            silence.Bound(Least(timeouts.BetweenTokens, options));
        }
    }

    private static TimeSpan Least(TimeSpan bound, ChatOptions? options) => options.TimeLeft() is var left && left < bound ? left : bound;

    private sealed class Silence : IDisposable
    {
        private readonly CancellationTokenSource _timer;
        private readonly CancellationTokenSource _either;

        public Silence(TimeProvider clock, CancellationToken ct)
        {
            _timer = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
            _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, ct);
        }

        public CancellationToken Token => _either.Token;

        public void Bound(TimeSpan silence) => _timer.CancelAfter(silence);

        /// <summary>What a stopped call ends with is not always a cancellation.</summary>
        public bool Is(Exception failure, CancellationToken caller) =>
            _timer.IsCancellationRequested && !caller.IsCancellationRequested && failure is not QuotaExceededException;

        public void Dispose()
        {
            _either.Dispose();
            _timer.Dispose();
        }
    }
}
