using System.ClientModel;

namespace AiApp.Rag.Models;

/// <summary>How long a provider that limits its rate wants to be left alone.</summary>
internal static class RetryAfter
{
    /// <summary>Null when the answer does not say, or says it as a date.</summary>
    public static TimeSpan? Of(ClientResultException limited) =>
        limited.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var value) is true && int.TryParse(value, out var seconds)
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, 1, 3600))
            : null;
}
