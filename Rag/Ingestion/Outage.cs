using AiApp.Rag.Gateway;
using AiApp.Rag.Jobs;
using Npgsql;

namespace AiApp.Rag.Ingestion;

/// <summary>Tells faults of what ingestion stands on from faults of the document: only the latter use up attempts.</summary>
internal static class Outage
{
    /// <summary>The code of the outage; null when the exception is none.</summary>
    public static string? CodeOf(Exception exception) => exception switch
    {
        PostgresException { SqlState: "53100" } => FailureCodes.StorageFull,
        PostgresException postgres => IsOutage(postgres.SqlState) ? FailureCodes.DatabaseUnavailable : null,
        NpgsqlException => FailureCodes.DatabaseUnavailable,
        ModelProviderException { IsOfTheRequest: false, Code: not FailureCodes.ProviderBadOutput } provider => provider.Code,
        QuotaExceededException => FailureCodes.QuotaExceeded,
        // Not by the caller's token: that one is looked at before.
        OperationCanceledException or TimeoutException => FailureCodes.ProviderTimeout,
        _ => null,
    };

    // Classes 08 connection, 40 rollback, 53 resources, 57 operator intervention, 58 system; lock_timeout; a read-only standby.
    private static bool IsOutage(string state) => state[..2] is "08" or "40" or "53" or "57" or "58" || state is "55P03" or "25006";
}
