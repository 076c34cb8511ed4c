using AiApp.Rag.Storage;
using Npgsql;

namespace AiApp.Rag.Gateway.Usage;

/// <summary>The budget in the way. One that is not spent may bear the call once others have settled.</summary>
internal sealed record Refusal(string Scope, TimeSpan? RenewsIn, bool IsSpent);

internal sealed class UsageStore(NpgsqlDataSource database)
{
    /// <summary>One transaction. Those that their budgets cannot bear, by their ids.</summary>
    public async Task<IReadOnlyDictionary<Guid, Refusal>> ReserveAsync(IReadOnlyList<Reservation> many, CancellationToken ct)
    {
        await using var command = database.Statement(
            UsageSql.Reserve,
            many.Select(r => r.Request.Tenant.Value).ToArray(), many.Select(r => r.Id).ToArray(), many.Select(r => r.Request.Id).ToArray(),
            many.Select(r => (short)r.Attempt).ToArray(), many.Select(r => r.Request.Step.Word()).ToArray(),
            many.Select(r => r.Provider).ToArray(), many.Select(r => r.Model).ToArray(), many.Select(r => r.Prices.Version).ToArray(),
            many.Select(r => r.Request.User).ToArray(), many.Select(r => r.Request.ApiKey).ToArray(), many.Select(r => r.Request.Release).ToArray(),
            many.Select(r => r.Request.Job).ToArray(), many.Select(r => r.Request.PromptVersion).ToArray(), many.Select(r => r.AtMost).ToArray(),
            many.Select(r => r.Lease).ToArray());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var refused = new Dictionary<Guid, Refusal>();
        while (await reader.ReadAsync(ct))
        {
            refused[reader.GetGuid(0)] = new(reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<TimeSpan>(2), reader.GetBoolean(3));
        }
        return refused;
    }

    /// <summary>One transaction, safe to repeat.</summary>
    public async Task SettleAsync(IReadOnlyList<Settlement> many, CancellationToken ct)
    {
        await using var command = database.Statement(
            UsageSql.Settle,
            many.Select(s => s.Reservation.Request.Tenant.Value).ToArray(), many.Select(s => s.Reservation.Id).ToArray(),
            many.Select(s => s.Outcome).ToArray(), many.Select(s => s.Cost).ToArray(), many.Select(s => s.Tokens.Input).ToArray(),
            many.Select(s => s.Tokens.CachedInput).ToArray(), many.Select(s => s.Tokens.Output).ToArray(), many.Select(s => s.Tokens.AreEstimated).ToArray());
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Gives up the reservations of processes that have died; returns how many.</summary>
    public async Task<long> ExpireAsync(CancellationToken ct)
    {
        await using var command = database.Statement(UsageSql.Expire);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
