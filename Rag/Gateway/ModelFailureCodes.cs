namespace AiApp.Rag.Gateway;

/// <summary>The closed list of what can become of a call.</summary>
internal static class ModelFailureCodes
{
    public const string Ok = "ok";
    public const string Canceled = "canceled";
    public const string RateLimited = "provider_rate_limited";
    public const string Timeout = "provider_timeout";
    public const string Error = "provider_error";
    public const string BadOutput = "provider_bad_output";
    public const string Interrupted = "stream_interrupted";
    public const string QuotaExceeded = "quota_exceeded";

    /// <summary>For an attempt that ended with this exception.</summary>
    public static string Of(Exception exception) => exception switch
    {
        ModelProviderException provider => provider.Code,
        QuotaExceededException => QuotaExceeded,
        OperationCanceledException => Canceled,
        _ => "internal",
    };
}
