using System.Text.Json;
using AiApp.Contracts;
using AiApp.Rag.Gateway;
using Npgsql;

namespace AiApp.Api.Problems;

/// <summary>The one table from exceptions to problems. No text of an exception leaves the process.</summary>
internal static class ProblemMapping
{
    private static readonly TimeSpan DatabaseRetryAfter = TimeSpan.FromSeconds(5);

    public static Problem Map(Exception exception, CancellationToken clientGone) => exception switch
    {
        _ when clientGone.IsCancellationRequested => new(ProblemCatalogue.Canceled),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new(ProblemCatalogue.TooLarge),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => new(ProblemCatalogue.UnsupportedMedia),
        BadHttpRequestException { InnerException: JsonException json } => InvalidJson.Describe(json),
        BadHttpRequestException => new(ProblemCatalogue.Validation)
        {
            Detail = "A part of the request is missing or cannot be read: compare it with /openapi/v1.json.",
        },
        QuotaExceededException quota => new(ProblemCatalogue.QuotaExceeded)
        {
            Detail = $"The budget of the {quota.Scope} cannot bear what this may cost.",
            RetryAfter = quota.RenewsIn,
        },
        ModelProviderException provider => new(ForProvider(provider.Code)) 
        {
            RetryAfter = provider.RetryAfter,
            RejectedOutputId = provider.RejectedOutputId,
        },
        _ when FindDatabase(exception) is { } database => MapDatabase(database),
        OperationCanceledException or TimeoutException => new(ProblemCatalogue.Overloaded) { RetryAfter = DatabaseRetryAfter },
        _ => new(ProblemCatalogue.Internal),
    };

    private static ProblemKind ForProvider(string code) => code switch
    {
        ProblemCodes.ProviderRateLimited => ProblemCatalogue.ProviderRateLimited,
        ProblemCodes.ProviderTimeout => ProblemCatalogue.ProviderTimeout,
        ProblemCodes.ProviderBadOutput => ProblemCatalogue.ProviderBadOutput,
        ProblemCodes.StreamInterrupted => ProblemCatalogue.StreamInterrupted,
        _ => ProblemCatalogue.ProviderError,
    };

    // EF Core wraps outages in exceptions of its own.
    private static NpgsqlException? FindDatabase(Exception? exception)
    {
        while (exception is not (null or NpgsqlException))
        {
            exception = exception.InnerException;
        }
        return (NpgsqlException?)exception;
    }

    private static Problem MapDatabase(NpgsqlException exception) => (exception as PostgresException)?.SqlState switch
    {
        null => Unavailable(),
        PostgresErrorCodes.DiskFull => new(ProblemCatalogue.StorageFull),
        PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter =>
            new(ProblemCatalogue.Validation) { Detail = "A text holds a character that cannot be stored." },
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable =>
            new(ProblemCatalogue.Overloaded) { RetryAfter = TimeSpan.FromSeconds(1) },
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.ReadOnlySqlTransaction
            or PostgresErrorCodes.InvalidCatalogName => Unavailable(),
        // 08: connections; 57: an operator or a timeout stepped in (restart, shutdown, statement_timeout).
        { } state when state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("57", StringComparison.Ordinal) => Unavailable(),
        _ => new(ProblemCatalogue.Internal),
    };

    private static Problem Unavailable() => new(ProblemCatalogue.DatabaseUnavailable) { RetryAfter = DatabaseRetryAfter };
}
