using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Storage;

/// <summary>Binds the positional parameters of the SQL constants.</summary>
internal static class Statements
{
    public static NpgsqlCommand Statement(this NpgsqlDataSource database, string sql, params ReadOnlySpan<object?> arguments)
    {
        var command = database.CreateCommand(sql);
        Bind(command.Parameters, arguments);
        return command;
    }

    public static NpgsqlBatch Append(this NpgsqlBatch batch, string sql, params ReadOnlySpan<object?> arguments)
    {
        var command = new NpgsqlBatchCommand(sql);
        Bind(command.Parameters, arguments);
        batch.BatchCommands.Add(command);
        return batch;
    }

    private static void Bind(NpgsqlParameterCollection parameters, ReadOnlySpan<object?> arguments)
    {
        foreach (var argument in arguments)
        {
            parameters.Add(new NpgsqlParameter { Value = argument is TenantId tenant ? tenant.Value : argument ?? DBNull.Value });
        }
    }
}
