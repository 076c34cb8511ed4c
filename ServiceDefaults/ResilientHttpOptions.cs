namespace AiApp.ServiceDefaults;

/// <summary>Bounds of one outgoing call, up to its response headers; a streamed body may take as long as it likes.</summary>
public sealed record ResilientHttpOptions
{
    /// <summary>Retries after the first attempt.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>Of one attempt of an idempotent request other than PUT; others are bounded by <see cref="TotalTimeout"/> alone.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Of all attempts and the pauses between them.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>A longer <c>Retry-After</c> is the caller's to wait for.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(20);
}
