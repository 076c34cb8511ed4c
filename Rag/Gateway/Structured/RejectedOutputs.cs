using System.Text;
using AiApp.Rag.Access;
using AiApp.Rag.Gateway.Structured.Schemas;
using AiApp.Rag.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AiApp.Rag.Gateway.Structured;

/// <summary>The last answer of a call that failed for it: kept for whoever runs the service, and for nobody else.</summary>
public sealed record RejectedOutput
{
    public required Guid Id { get; init; }
    public required string Tenant { get; init; }
    public required Guid RequestId { get; init; }
    public required string Step { get; init; }
    public required string Provider { get; init; }
    public required string Model { get; init; }
    public required string SchemaHash { get; init; }
    public required string Reasons { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Null in a list.</summary>
    public string? Text { get; init; }
}

/// <summary>Answers of models that were not what a schema asks for. Only the worker's role reads them.</summary>
public sealed class RejectedOutputs(NpgsqlDataSource database, TimeProvider clock, ILogger<RejectedOutputs> logger)
{
    private const int MostBytes = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<RejectedOutput>> ListAsync(string? tenant, int limit, CancellationToken ct)
    {
        await using var command = database.Statement(RejectedOutputSql.List, tenant, limit);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<RejectedOutput>();
        while (await reader.ReadAsync(ct))
        {
            found.Add(Read(reader));
        }
        return found;
    }

    public async Task<RejectedOutput?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var command = database.Statement(RejectedOutputSql.Find, id);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader) with { Text = reader.GetString(9) } : null;
    }

    /// <summary>Its id; null when the database did not take it. Not by the caller's token: what failed is worth keeping when the caller has gone.</summary>
    internal async Task<Guid?> KeepAsync(ModelRequest request, JsonSchema schema, RejectedAnswer rejected)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        using var bounded = new CancellationTokenSource(Patience, clock);
        try
        {
            await using var batch = database.ReadAs(request.Tenant, PrincipalSet.Everyone).Append(RejectedOutputSql.Add,
                request.Tenant, id, request.Id, request.Step.Word(), rejected.Provider, rejected.Model, schema.Hash,
                Bound(PostgresText.Clean(rejected.Text)), PostgresText.Clean(rejected.Reasons));
            await batch.ExecuteNonQueryAsync(bounded.Token);
            return id;
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException)
        {
            logger.RejectedOutputNotKept(failure.GetType().Name);
            return null;
        }
    }

    private static string Bound(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= MostBytes)
        {
            return text;
        }
        var bytes = new byte[MostBytes];
        Encoding.UTF8.GetEncoder().Convert(text, bytes, flush: false, out var read, out _, out _);
        return text[..read];
    }

    private static RejectedOutput Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        Tenant = reader.GetString(1),
        RequestId = reader.GetGuid(2),
        Step = reader.GetString(3),
        Provider = reader.GetString(4),
        Model = reader.GetString(5),
        SchemaHash = reader.GetString(6),
        Reasons = reader.GetString(7),
        At = reader.GetFieldValue<DateTimeOffset>(8),
    };
}

internal static partial class RejectedOutputLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A model's rejected output could not be kept ({Error})")]
    public static partial void RejectedOutputNotKept(this ILogger logger, string error);
}
