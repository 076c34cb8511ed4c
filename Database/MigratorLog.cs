using Microsoft.Extensions.Logging;

namespace AiApp.Database;

internal static partial class MigratorLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting for Postgres at {Server}: {Reason}")]
    public static partial void WaitingForServer(this ILogger logger, string server, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Created database {Database}")]
    public static partial void CreatedDatabase(this ILogger logger, string database);

    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting for another migrator to finish")]
    public static partial void WaitingForMigrator(this ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied {Migration} in {ElapsedMs} ms")]
    public static partial void Applied(this ILogger logger, string migration, long elapsedMs);

    [LoggerMessage(Level = LogLevel.Information, Message = "The schema is up to date: {AppliedCount} applied now, {TotalCount} in all")]
    public static partial void UpToDate(this ILogger logger, int appliedCount, int totalCount);
}
