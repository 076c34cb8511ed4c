using System.ClientModel;
using AiApp.Rag.Models;

namespace AiApp.Rag.Gateway.Protocol;

/// <summary>The one table from what a provider's client throws to the closed list of failures.</summary>
internal static class ProviderFailures
{
    /// <summary>Not a cancellation by the caller, and not told by its name already.</summary>
    public static bool IsOfTheProvider(Exception exception, CancellationToken ct) =>
        !ct.IsCancellationRequested && exception is not (ModelProviderException or QuotaExceededException or NotSupportedException);

    public static ModelProviderException Translate(Exception exception, string provider, bool begun) => exception switch
    {
        ClientResultException { Status: 429 } limited => new(
            ModelFailureCodes.RateLimited, $"The model provider {provider} limits its rate; try again later.", limited, RetryAfter.Of(limited)),
        ClientResultException { Status: 401 or 403 } refused => new(
            ModelFailureCodes.Error, $"The model provider {provider} refused the key: check its ApiKey.", refused) { IsTransient = false },
        ClientResultException { Status: 408 or 504 } late => new(ModelFailureCodes.Timeout, $"The model provider {provider} did not answer in time.", late),
        ClientResultException { Status: >= 400 and < 500 } wrong => new(
            ModelFailureCodes.Error, $"The model provider {provider} refused the request with status {wrong.Status}.", wrong)
        {
            IsTransient = false,
            IsOfTheRequest = wrong.Status is 400 or 413 or 422,
            // Servers word it differently, and all of them name what they do not take.
            IsAboutTools = wrong.Status is 400 or 404 or 422 && wrong.Message.Contains("tool", StringComparison.OrdinalIgnoreCase),
        },
        ClientResultException { Status: >= 500 } failed => new(
            ModelFailureCodes.Error, $"The model provider {provider} answered with status {failed.Status}.", failed, RetryAfter.Of(failed)),
        ProtocolViolationException violation => new(ModelFailureCodes.BadOutput, violation.Message, violation),
        AggregateException { InnerException: { } inner } => Translate(inner, provider, begun),
        ClientResultException { Status: 0, InnerException: { } inner } => Translate(inner, provider, begun),
        ClientResultException or HttpRequestException or IOException => FindViolation(exception) is { } violation
            ? new(ModelFailureCodes.BadOutput, violation.Message, exception)
            : begun ? new(ModelFailureCodes.Interrupted, "The model's answer broke off.", exception)
            : new(ModelFailureCodes.Error, $"The model provider {provider} cannot be reached: check its Endpoint.", exception),
        OperationCanceledException or TimeoutException => new(ModelFailureCodes.Timeout, $"The model provider {provider} did not answer in time.", exception),
        _ => new(ModelFailureCodes.BadOutput, $"The model provider {provider} sent something that is not its protocol.", exception),
    };

    private static ProtocolViolationException? FindViolation(Exception? exception)
    {
        while (exception is not (null or ProtocolViolationException))
        {
            exception = exception.InnerException;
        }
        return (ProtocolViolationException?)exception;
    }
}

/// <summary>What a provider sent over HTTP is not what was asked for.</summary>
internal sealed class ProtocolViolationException(string message) : IOException(message);
