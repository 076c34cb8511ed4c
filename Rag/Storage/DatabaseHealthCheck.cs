using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace AiApp.Rag.Storage;

/// <summary>Without the database nothing can be answered or taken in: not ready.</summary>
internal sealed class DatabaseHealthCheck(NpgsqlDataSource database) : IHealthCheck
{
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var command = database.CreateCommand(StorageSql.Ping);
        await command.ExecuteScalarAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
