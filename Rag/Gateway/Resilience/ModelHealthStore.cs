using AiApp.Rag.Storage;
using Npgsql;

namespace AiApp.Rag.Gateway.Resilience;

/// <summary>How one process finds one model.</summary>
public sealed record ReportedModel
{
    public required string Service { get; init; }
    public required string Host { get; init; }

    /// <summary>chat, embedding or rerank.</summary>
    public required string Kind { get; init; }
    public required string Provider { get; init; }
    public required string Model { get; init; }

    /// <summary>closed, open or half_open.</summary>
    public required string Breaker { get; init; }
    public DateTimeOffset? Since { get; init; }
    public required int FailuresInARow { get; init; }
    public string? LastFailure { get; init; }
    public DateTimeOffset? LastFailureAt { get; init; }
    public DateTimeOffset? ProbeAt { get; init; }
    public required DateTimeOffset ReportedAt { get; init; }
}

/// <summary>What the processes tell each other, and whoever runs them, about the models.</summary>
public sealed class ModelHealthStore(NpgsqlDataSource database)
{
    /// <summary>A report is renewed four times within it.</summary>
    internal static readonly TimeSpan Counts = TimeSpan.FromMinutes(1);

    public async Task<IReadOnlyList<ReportedModel>> ListAsync(CancellationToken ct)
    {
        await using var command = database.Statement(ModelHealthSql.List, Counts);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var models = new List<ReportedModel>();
        while (await reader.ReadAsync(ct))
        {
            models.Add(new()
            {
                Service = reader.GetString(0),
                Host = reader.GetString(1),
                Kind = reader.GetString(2),
                Provider = reader.GetString(3),
                Model = reader.GetString(4),
                Breaker = reader.GetString(5),
                Since = reader.Instant(6),
                FailuresInARow = reader.GetInt32(7),
                LastFailure = reader.Text(8),
                LastFailureAt = reader.Instant(9),
                ProbeAt = reader.Instant(10),
                ReportedAt = reader.GetFieldValue<DateTimeOffset>(11),
            });
        }
        return models;
    }

    internal async Task ReportAsync(Guid process, string service, string host, IReadOnlyList<WatchedModel> models, CancellationToken ct)
    {
        await using var command = database.Statement(ModelHealthSql.Report,
            process, service, host, models.Select(m => m.Kind).ToArray(), models.Select(m => m.Provider).ToArray(), models.Select(m => m.Model).ToArray(),
            models.Select(m => m.State.Breaker).ToArray(), models.Select(m => m.State.Since).ToArray(), models.Select(m => m.State.FailuresInARow).ToArray(),
            models.Select(m => m.State.LastFailure).ToArray(), models.Select(m => m.State.LastFailureAt).ToArray(), models.Select(m => m.State.ProbeAt).ToArray());
        await command.ExecuteNonQueryAsync(ct);
    }

    internal async Task LeaveAsync(Guid process, CancellationToken ct)
    {
        await using var command = database.Statement(ModelHealthSql.Leave, process);
        await command.ExecuteNonQueryAsync(ct);
    }
}
