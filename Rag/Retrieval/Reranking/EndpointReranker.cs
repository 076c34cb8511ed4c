using AiApp.Rag.Gateway;
using AiApp.Rag.Gateway.Resilience;
using AiApp.Rag.Gateway.Routing;
using AiApp.Rag.Gateway.Usage;
using AiApp.Rag.Gateway.Usage.Tokens;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Retrieval.Reranking;

/// <summary>
/// Asks a <c>/rerank</c> endpoint by the rules of the gateway: left alone when it has failed repeatedly, reserved before and settled after.
/// Waiting for a budget and for the endpoint take its timeout together.
/// </summary>
internal sealed partial class EndpointReranker(
    IOptions<RerankerOptions> options, RerankClient client, CircuitBreaker breaker, CallMeter meter, TimeProvider clock, ILogger<EndpointReranker> logger) : IReranker
{
    private readonly RerankerOptions _options = options.Value;

    public int Depth => _options.Depth;

    public async Task<RerankJudgement> ScoreAsync(CostBearer bearer, string question, IReadOnlyList<string> texts, CancellationToken ct)
    {
        var judgement = breaker.IsOpen && !breaker.TryProbe() ? RerankJudgement.LeftAlone : await ReserveAsync(bearer.Call(ModelStep.Rerank), question, texts, ct);
        RagTelemetry.Reranks.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Outcome, judgement.Outcome));
        return judgement;
    }

    private async Task<RerankJudgement> ReserveAsync(ModelRequest request, string question, IReadOnlyList<string> texts, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(_options.TimeoutMs), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        var attempt = request.BeginAttempt(_options.Provider, _options.ModelName, most: 1)!;
        CallMeter.MeteredCall call;
        try
        {
            // A reranker reads the question with each text.
            var read = PromptSize.Of([.. texts.SelectMany(text => new[] { question, text })]);
            call = await meter.BeginAsync(request, attempt, read, outputTokens: 0, TimeSpan.FromMilliseconds(_options.TimeoutMs), either.Token);
        }
        catch (Exception refused) when (refused is QuotaExceededException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            breaker.ProbeEnded();
            Refused((refused as QuotaExceededException)?.Scope ?? "caller");
            return RerankJudgement.Refused;
        }
        catch
        {
            breaker.ProbeEnded();
            throw;
        }
        var start = clock.GetTimestamp();
        try
        {
            return await AskAsync(call, question, texts, either.Token, ct);
        }
        finally
        {
            call.Dispose();
            RunningAttempt.End(request, attempt, clock.GetElapsedTime(start), call.Outcome!);
        }
    }

    private async Task<RerankJudgement> AskAsync(CallMeter.MeteredCall call, string question, IReadOnlyList<string> texts, CancellationToken bounded, CancellationToken ct)
    {
        try
        {
            var response = await client.AskAsync(question, texts, bounded);
            call.Used(response.ToUsage());
            var scores = response.ToScores(texts.Count)
                ?? throw new ModelProviderException(ModelFailureCodes.BadOutput, "The reranker's response does not judge every text.");
            call.End(ModelFailureCodes.Ok);
            breaker.Succeeded();
            return RerankJudgement.Done(scores);
        }
        catch (Exception failure) when (failure is ModelProviderException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            var provider = failure as ModelProviderException;
            call.End(provider?.Code ?? ModelFailureCodes.Timeout);
            if (provider is { IsOfTheRequest: true })
            {
                breaker.ProbeEnded();
            }
            else
            {
                breaker.Failed(provider?.RetryAfter, call.Outcome);
            }
            Unavailable(call.Outcome!);
            return RerankJudgement.Failed;
        }
        catch
        {
            breaker.ProbeEnded();
            throw;
        }
    }

    // The kind of failure alone: messages of others may repeat what was sent.
    [LoggerMessage(Level = LogLevel.Warning, Message = "The reranker failed with {Failure}; the order of fusion stays")]
    private partial void Unavailable(string failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "The budget of the {Scope} does not bear reranking; the order of fusion stays")]
    private partial void Refused(string scope);
}
