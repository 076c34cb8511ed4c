using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Access;

/// <summary>Tells the database for whom statements run, in the same round trip as the statements.</summary>
internal static class CallerBatches
{
    /// <summary>A batch whose statements see what the principals may read. Execute it with <see cref="ExecuteAsCallerAsync"/>.</summary>
    public static NpgsqlBatch ReadAs(this NpgsqlDataSource database, TenantId tenant, PrincipalSet principals) =>
        database.CreateBatch().AppendCaller(tenant, principals);

    /// <summary>From here on the transaction is the caller's.</summary>
    public static NpgsqlBatch AppendCaller(this NpgsqlBatch batch, TenantId tenant, PrincipalSet principals) =>
        batch.Append(AccessSql.SetCaller, tenant, principals.ToArray());

    /// <summary>
    /// Makes the set when it is new. The caller is told again, because the sets that it may read are resolved when it is told.
    /// </summary>
    public static NpgsqlBatch AppendReaderSet(this NpgsqlBatch batch, TenantId tenant, PrincipalSet principals, ReaderSet readers) =>
        batch.Append(AccessSql.AddReaderSet, tenant, readers.ToArray()).AppendCaller(tenant, principals);

    /// <summary>The reader stands at the result of the first statement behind the caller.</summary>
    public static Task<NpgsqlDataReader> ExecuteAsCallerAsync(this NpgsqlBatch batch, CancellationToken ct) => batch.ExecuteBehindAsync(1, ct);

    /// <summary>The reader stands at the result of the first statement behind so many.</summary>
    public static async Task<NpgsqlDataReader> ExecuteBehindAsync(this NpgsqlBatch batch, int statements, CancellationToken ct)
    {
        var reader = await batch.ExecuteReaderAsync(ct);
        var ready = false;
        try
        {
            var isThere = true;
            for (var passed = 0; isThere && passed < statements; passed++)
            {
                isThere = await reader.NextResultAsync(ct);
            }
            ready = isThere;
            return reader;
        }
        finally
        {
            if (!ready)
            {
                await reader.DisposeAsync();
            }
        }
    }
}
