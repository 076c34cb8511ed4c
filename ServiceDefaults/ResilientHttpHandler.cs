using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace AiApp.ServiceDefaults;

/// <summary>
/// Retries idempotent requests on transient failures, and any request whose connection was never made. A pipeline ends
/// with the response's headers, so nothing is retried after the first byte of a stream.
/// </summary>
internal sealed class ResilientHttpHandler : DelegatingHandler
{
    private readonly ResiliencePipeline<HttpResponseMessage> _idempotent;
    private readonly ResiliencePipeline<HttpResponseMessage> _replacing;
    private readonly ResiliencePipeline<HttpResponseMessage> _once;

    public ResilientHttpHandler(ResilientHttpOptions options)
    {
        _idempotent = Build(options, IsTransient, options.AttemptTimeout);
        // A source is listed before its settings are replaced, which may take as long as adding it does.
        _replacing = Build(options, IsTransient, null);
        _once = Build(options, outcome => outcome.Exception is HttpRequestException failure && NeverSent(failure), null);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var pipeline = request.Method == HttpMethod.Put ? _replacing : IsIdempotent(request.Method) ? _idempotent : _once;
            return await pipeline.ExecuteAsync(
                async (send, ct) => await send.Handler.SendOnceAsync(send.Request, ct), (Handler: this, Request: request), cancellationToken);
        }
        catch (TimeoutRejectedException late)
        {
            throw new HttpRequestException($"No response within {late.Timeout.TotalSeconds:0.#} s.", late);
        }
    }

    private Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken ct) => base.SendAsync(request, ct);

    private static ResiliencePipeline<HttpResponseMessage> Build(
        ResilientHttpOptions options, Func<Outcome<HttpResponseMessage>, bool> shouldRetry, TimeSpan? attemptTimeout)
    {
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddTimeout(options.TotalTimeout)
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = options.MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                UseJitter = true,
                ShouldHandle = retry => ValueTask.FromResult(
                    shouldRetry(retry.Outcome) && !(RetryAfter(retry.Outcome.Result) > options.MaxRetryAfter)),
                DelayGenerator = retry => ValueTask.FromResult(RetryAfter(retry.Outcome.Result)),
            });
        return (attemptTimeout is { } timeout ? pipeline.AddTimeout(timeout) : pipeline).Build();
    }

    private static bool IsIdempotent(HttpMethod method) =>
        method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Options || method == HttpMethod.Delete;

    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or TimeoutRejectedException } => true,
        { Result.StatusCode: HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout } => true,
        _ => false,
    };

    private static bool NeverSent(HttpRequestException failure) => failure.HttpRequestError
        is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;

    // A date is relative to the server's own clock, as far as it tells it.
    private static TimeSpan? RetryAfter(HttpResponseMessage? response) => response?.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when response.Headers.Date is { } now && date > now => date - now,
        _ => null,
    };
}
