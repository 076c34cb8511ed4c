using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiApp.Contracts;

/// <summary>RFC 9457 problem details as this Api sends them.</summary>
public sealed record ProblemDto
{
    public string? Type { get; init; }
    public string? Title { get; init; }
    public int? Status { get; init; }
    public string? Detail { get; init; }

    /// <summary>One of <see cref="ProblemCodes"/>; stable across releases.</summary>
    public string? Code { get; init; }
    public string? TraceId { get; init; }
    public bool Retryable { get; init; }
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}

/// <summary>The closed list of error codes.</summary>
public static class ProblemCodes
{
    public const string Validation = "validation";
    public const string Auth = "auth";
    public const string Forbidden = "forbidden";
    public const string NotFound = "not_found";
    public const string Conflict = "conflict";
    public const string TooLarge = "too_large";
    public const string UnsupportedMedia = "unsupported_media";
    public const string RateLimited = "rate_limited";
    public const string Overloaded = "overloaded";
    public const string DatabaseUnavailable = "db_unavailable";
    public const string StorageFull = "storage_full";
    public const string ProviderRateLimited = "provider_rate_limited";
    public const string ProviderTimeout = "provider_timeout";
    public const string ProviderError = "provider_error";
    public const string ProviderBadOutput = "provider_bad_output";
    public const string StreamInterrupted = "stream_interrupted";
    public const string QuotaExceeded = "quota_exceeded";
    public const string NoModel = "no_model";
    public const string NoTools = "no_tools";
    public const string AgentLimit = "agent_limit";
    public const string Canceled = "canceled";
    public const string Stopped = "stopped";
    public const string PoisonDocument = "poison_document";
    public const string NoText = "no_text";
    public const string EncryptedDocument = "encrypted_document";
    public const string Internal = "internal";
}

/// <summary>Thrown by <see cref="AiAppClient"/> for every response that is not a success.</summary>
public sealed class AiAppException(ProblemDto problem) : Exception(problem.Detail ?? problem.Title ?? "The request failed.")
{
    public ProblemDto Problem { get; } = problem;
}
