using AiApp.Rag.Storage;
using Npgsql;

namespace AiApp.Rag.Access;

/// <summary>Statements that see what is the owner's own, besides what may be read.</summary>
internal static class OwnerBatches
{
    public static NpgsqlBatch ReadAs(this NpgsqlDataSource database, Owner owner) => database.CreateBatch().AppendOwner(owner);

    /// <summary>From here on the transaction is the owner's.</summary>
    public static NpgsqlBatch AppendOwner(this NpgsqlBatch batch, Owner owner) =>
        batch.Append(AccessSql.SetOwner, owner.User).AppendCaller(owner.Tenant, owner.Principals);

    /// <summary>The reader stands at the result of the first statement behind the owner and the caller.</summary>
    public static Task<NpgsqlDataReader> ExecuteAsOwnerAsync(this NpgsqlBatch batch, CancellationToken ct) => batch.ExecuteBehindAsync(2, ct);
}
