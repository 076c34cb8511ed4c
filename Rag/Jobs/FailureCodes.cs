namespace AiApp.Rag.Jobs;

/// <summary>The part of the closed list of error codes that ingestion can end with.</summary>
public static class FailureCodes
{
    public const string Validation = "validation";
    public const string NotFound = "not_found";
    public const string Conflict = "conflict";
    public const string TooLarge = "too_large";
    public const string UnsupportedMedia = "unsupported_media";
    public const string DatabaseUnavailable = "db_unavailable";
    public const string StorageFull = "storage_full";
    public const string ProviderRateLimited = "provider_rate_limited";
    public const string ProviderTimeout = "provider_timeout";
    public const string ProviderError = "provider_error";
    public const string ProviderBadOutput = "provider_bad_output";
    public const string QuotaExceeded = "quota_exceeded";
    public const string PoisonDocument = "poison_document";
    public const string NoText = "no_text";
    public const string EncryptedDocument = "encrypted_document";
    public const string Internal = "internal";
}
