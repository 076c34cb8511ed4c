namespace AiApp.Rag.Gateway;

/// <summary>
/// The model provider could not answer. <see cref="Code"/> is one of provider_rate_limited, provider_timeout,
/// provider_error, provider_bad_output, stream_interrupted.
/// </summary>
public sealed class ModelProviderException(string code, string message, Exception? inner = null, TimeSpan? retryAfter = null)
    : Exception(message, inner)
{
    public string Code { get; } = code;
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>The same call may succeed a moment later.</summary>
    public bool IsTransient { get; init; } = true;

    /// <summary>The request's own fault, such as too long a prompt: it says nothing about the provider's health.</summary>
    public bool IsOfTheRequest { get; init; }

    /// <summary>The provider does not take tools, or not for this model.</summary>
    public bool IsAboutTools { get; init; }

    /// <summary>Where an answer that was not valid is kept for whoever runs the service.</summary>
    public Guid? RejectedOutputId { get; init; }
}
