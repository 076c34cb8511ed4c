using System.Runtime.CompilerServices;
using AiApp.Rag.Gateway.Resilience;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Gateway.Routing;

/// <summary>
/// Calls the first candidate of the step's route that can do what is asked, and the next one when it fails: only before the first
/// token of a stream has been passed on.
/// </summary>
internal sealed class RoutedChatClient(
    ModelRoutes routes, BreakerProbes probes, HedgeBudget hedges, IOptions<GatewayOptions> options, TimeProvider clock) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? chat = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> prompt = [.. messages];
        var (response, attempt) = await new CandidateRun<ChatResponse>(routes, probes, hedges, options.Value, clock, streams: false)
            .FirstAsync(prompt, chat!, async (candidate, with, token) =>
            {
                var whole = await candidate.Client.GetResponseAsync(prompt, with, token);
                return new(whole, () => ValueTask.CompletedTask);
            }, cancellationToken);
        attempt.End(ModelFailureCodes.Ok);
        attempt.Dispose();
        return response;
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? chat = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> prompt = [.. messages];
        var (stream, attempt) = await new CandidateRun<OpenedStream>(routes, probes, hedges, options.Value, clock, streams: true)
            .FirstAsync(prompt, chat!, async (candidate, with, token) =>
            {
                var opened = await OpenedStream.OpenAsync(candidate.Client.GetStreamingResponseAsync(prompt, with, token), token);
                return new(opened, opened.DisposeAsync);
            }, cancellationToken);
        await using var closing = stream;
        // Left early by its reader, it was canceled.
        using var ending = attempt;
        while (true)
        {
            try
            {
                if (!await stream.MoveNextAsync())
                {
                    break;
                }
            }
            catch (Exception failure)
            {
                attempt.End(ModelFailureCodes.Of(failure));
                throw;
            }
            yield return stream.Current;
        }
        attempt.End(ModelFailureCodes.Ok);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this
        : routes.Of(ModelStep.Answer) is [var first, ..] ? first.Client.GetService(serviceType, serviceKey)
        : null;

    public void Dispose()
    {
    }
}
