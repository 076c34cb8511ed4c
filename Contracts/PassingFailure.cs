namespace AiApp.Contracts;

/// <summary>Whether what was refused or broke off may succeed a moment later.</summary>
internal static class PassingFailure
{
    public static bool Is(Exception failure) =>
        failure is HttpRequestException or IOException or AiAppException { Problem.Retryable: true }
        // What a connection that was never made ends with.
        or TaskCanceledException { InnerException: TimeoutException };
}
