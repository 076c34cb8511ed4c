using System.Diagnostics;

namespace Microsoft.Extensions.AI;

/// <summary>Attributes that only OpenAI has; they go onto the chat span that the telemetry client opened around this call.</summary>
internal static class OpenAIActivityTags
{
    private static Activity? ChatActivity =>
        Activity.Current is { IsAllDataRequested: true } activity
        && (activity.DisplayName == "chat" || activity.DisplayName.StartsWith("chat ", StringComparison.Ordinal))
            ? activity
            : null;

    public static void AddApiType() => ChatActivity?.AddTag("openai.api.type", "chat_completions");

    public static void AddResponse(string? serviceTier, string? systemFingerprint)
    {
        if (!string.IsNullOrWhiteSpace(serviceTier))
        {
            ChatActivity?.SetTag("openai.response.service_tier", serviceTier);
        }

        if (!string.IsNullOrWhiteSpace(systemFingerprint))
        {
            ChatActivity?.SetTag("openai.response.system_fingerprint", systemFingerprint);
        }
    }
}
