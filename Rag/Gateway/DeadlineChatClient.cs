using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Gateway;

/// <summary>One deadline for everything behind it: waiting, retries, failovers and the whole stream.</summary>
internal sealed class DeadlineChatClient(IChatClient inner, IOptions<GatewayOptions> options, TimeProvider clock) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? chat = null, CancellationToken cancellationToken = default)
    {
        using var bound = Start(chat, cancellationToken);
        try
        {
            return await base.GetResponseAsync(messages, bound.Options, bound.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw bound.Passed();
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? chat = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var bound = Start(chat, cancellationToken);
        await using var updates = base.GetStreamingResponseAsync(messages, bound.Options, bound.Token).GetAsyncEnumerator(bound.Token);
        while (true)
        {
            try
            {
                if (!await updates.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw bound.Passed();
            }
            yield return updates.Current;
        }
    }

    private Bound Start(ChatOptions? chat, CancellationToken ct) =>
        new(chat, chat.Request().Deadline ?? options.Value.Deadline, clock, ct);

    private sealed class Bound : IDisposable
    {
        private readonly CancellationTokenSource _timer;
        private readonly CancellationTokenSource _either;
        private readonly TimeSpan _deadline;

        public Bound(ChatOptions? chat, TimeSpan deadline, TimeProvider clock, CancellationToken ct)
        {
            _deadline = deadline;
            _timer = new CancellationTokenSource(deadline, clock);
            _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, ct);
            Options = chat!.With(CallDeadline.OptionsKey, new CallDeadline(clock, deadline));
        }

        public ChatOptions Options { get; }
        public CancellationToken Token => _either.Token;

        public ModelProviderException Passed() => new(ModelFailureCodes.Timeout, $"The model did not finish within {_deadline.TotalSeconds:0.###} seconds.");

        public void Dispose()
        {
            _either.Dispose();
            _timer.Dispose();
        }
    }
}
