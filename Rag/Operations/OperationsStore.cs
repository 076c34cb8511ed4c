using AiApp.Rag.Access;
using AiApp.Rag.Gateway.Resilience;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Operations;

/// <summary>Reads what answers and the usage ledger have recorded.</summary>
public sealed class OperationsStore(NpgsqlDataSource database, ModelHealthStore models)
{
    // A percentile of .99 rests on 200 of them.
    internal const int Sample = 20_000;

    /// <summary>Not one of its stages.</summary>
    private const string Whole = "answer";

    public async Task<OperationsSummary> SummarizeAsync(TenantId tenant, PrincipalSet principals, TimeRange range, CancellationToken ct)
    {
        var oneIn = (int)Math.Max(1, await CountAsync(tenant, principals, range, ct) / Sample);
        var (first, last) = LedgerIds.Of(range);
        await using var batch = database.ReadAs(tenant, principals)
            .Append(OperationsSql.Slices, tenant, range.From, range.To, range.Slice, oneIn)
            .Append(OperationsSql.Stages, tenant, range.From, range.To, oneIn)
            .Append(OperationsSql.Usage, tenant, range.From, range.To, range.UsageSlice, first, last)
            .Append(OperationsSql.Errors, tenant, range.From, range.To, first, last);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        var slices = await ReadAsync(reader, ReadSlice, ct);
        var stages = await ReadAsync(reader, row => new StageDurations(row.GetString(0), row.GetInt64(1), Percentiles.Of(row, 2)!), ct);
        var usage = await ReadAsync(reader, ReadUsage, ct);
        var errors = await ReadAsync(reader, ReadError, ct);
        return new()
        {
            Range = range,
            SampledOneIn = oneIn,
            Duration = stages.Find(stage => stage.Stage == Whole)?.Duration,
            Slices = slices,
            Stages = [.. stages.Where(stage => stage.Stage != Whole)],
            Usage = usage,
            Errors = errors,
            Models = await models.ListAsync(ct),
        };
    }

    private async Task<long> CountAsync(TenantId tenant, PrincipalSet principals, TimeRange range, CancellationToken ct)
    {
        await using var batch = database.ReadAs(tenant, principals).Append(OperationsSql.Count, tenant, range.From, range.To);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        await reader.ReadAsync(ct);
        return reader.GetInt64(0);
    }

    private static async Task<List<T>> ReadAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(read(reader));
        }
        await reader.NextResultAsync(ct);
        return rows;
    }

    private static TimeSlice ReadSlice(NpgsqlDataReader row) => new()
    {
        At = row.GetFieldValue<DateTimeOffset>(0),
        Answered = row.GetInt64(1),
        InsufficientContext = row.GetInt64(2),
        Failed = row.GetInt64(3),
        Canceled = row.GetInt64(4),
        Degraded = row.GetInt64(5),
        Duration = Percentiles.Of(row, 6),
    };

    private static ModelUsage ReadUsage(NpgsqlDataReader row) => new()
    {
        At = row.GetFieldValue<DateTimeOffset>(0),
        Step = row.GetString(1),
        Provider = row.GetString(2),
        Model = row.GetString(3),
        PromptVersion = row.Text(4),
        Calls = row.GetInt64(5),
        InputTokens = row.GetInt64(6),
        CachedInputTokens = row.GetInt64(7),
        OutputTokens = row.GetInt64(8),
        EstimatedCalls = row.GetInt64(9),
        Cost = row.GetInt64(10),
    };

    private static ErrorGroup ReadError(NpgsqlDataReader row) => new()
    {
        Code = row.GetString(0),
        Step = row.Text(1),
        Provider = row.Text(2),
        Model = row.Text(3),
        Count = row.GetInt64(4),
        FirstAt = row.GetFieldValue<DateTimeOffset>(5),
        LastAt = row.GetFieldValue<DateTimeOffset>(6),
        RequestId = row.GetGuid(7),
    };
}
