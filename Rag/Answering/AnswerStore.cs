using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Answering;

/// <summary>The records of answers.</summary>
public sealed class AnswerStore(NpgsqlDataSource database)
{
    private readonly NpgsqlDataSource _database = database;

    /// <summary>The answer as it was given, or null.</summary>
    public Task<Answer?> FindAsync(TenantId tenant, Guid id, CancellationToken ct) => throw new NotSupportedException(_database.ToString());
}
