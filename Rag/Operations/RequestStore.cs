using System.Text.Json;
using AiApp.Rag.Access;
using AiApp.Rag.Answering;
using AiApp.Rag.Feedback;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Operations;

/// <summary>Single requests, by what answers and the usage ledger have recorded of them.</summary>
public sealed class RequestStore(NpgsqlDataSource database)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public async Task<RequestPage> ListAsync(TenantId tenant, PrincipalSet principals, string user, RequestQuery query, CancellationToken ct)
    {
        var cursor = PageCursor.Parse(query.Cursor);
        var (first, last) = LedgerIds.Of(query.Range);
        await using var batch = database.ReadAs(tenant, principals).Append(RequestSql.List,
            tenant, query.Range.From, query.Range.To, user, cursor.At, cursor.Id, query.Limit + 1, query.Outcome, query.ErrorCode, query.Model,
            query.AtLeastMs, first, last);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        var found = new List<RequestRecord>();
        while (await reader.ReadAsync(ct))
        {
            found.Add(Read(reader));
        }
        var items = found.Take(query.Limit).ToList();
        return new(items, found.Count > query.Limit ? new PageCursor(items[^1].At, items[^1].Id).ToString() : null);
    }

    /// <summary>An answer, or the calls that stand under the id in the ledger; null when there is neither.</summary>
    public async Task<RequestDetail?> FindAsync(TenantId tenant, PrincipalSet principals, string user, Guid id, CancellationToken ct)
    {
        var (first, last) = LedgerIds.Of(id);
        await using var batch = database.ReadAs(tenant, principals)
            .Append(RequestSql.Find, tenant, id, user)
            .Append(RequestSql.Calls, tenant, id, first, last)
            .Append(FeedbackSql.OfAnswer, tenant, id);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        var found = await reader.ReadAsync(ct) ? ReadDetail(reader) : null;
        await reader.NextResultAsync(ct);
        var calls = new List<LedgerCall>();
        while (await reader.ReadAsync(ct))
        {
            calls.Add(ReadCall(reader));
        }
        await reader.NextResultAsync(ct);
        var feedback = await reader.ReadAsync(ct) ? FeedbackStore.Read(reader) : null;
        return found is not null ? found with { Calls = calls, Feedback = feedback } : calls.Count > 0 ? OfCalls(id, calls) : null;
    }

    private static RequestDetail OfCalls(Guid id, List<LedgerCall> calls)
    {
        var last = calls[^1];
        var ended = last.Outcome ?? last.State;
        return new()
        {
            Request = new()
            {
                Id = id,
                Kind = last.Step == "extract" ? "extraction" : last.Step,
                At = calls[0].At,
                Outcome = ended switch { "ok" => "answered", "canceled" => "canceled", _ => "failed" },
                ErrorCode = ended is "ok" or "canceled" ? null : ended,
                Provider = last.Provider,
                Model = last.Model,
                PromptVersion = last.PromptVersion,
                DurationMs = (int)(calls.Max(call => call.SettledAt ?? call.At) - calls[0].At).TotalMilliseconds,
                Cost = calls.Sum(call => call.Cost),
                InputTokens = calls.Sum(call => call.InputTokens),
                OutputTokens = calls.Sum(call => call.OutputTokens),
            },
            Calls = calls,
        };
    }

    private static RequestRecord Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Kind = row.GetString(1),
        At = row.GetFieldValue<DateTimeOffset>(2),
        Outcome = row.GetString(3),
        ErrorCode = row.Text(4),
        Provider = row.GetString(5),
        Model = row.GetString(6),
        PromptVersion = row.Text(7),
        DurationMs = row.GetInt32(8),
        Cost = row.GetInt64(9),
        IsDegraded = row.GetBoolean(10),
        InputTokens = row.Whole(11),
        OutputTokens = row.Whole(12),
        TraceId = row.Text(13),
        Question = row.Text(14),
    };

    private static RequestDetail ReadDetail(NpgsqlDataReader row) => new()
    {
        Request = Read(row),
        Stages = JsonSerializer.Deserialize<List<StageTiming>>(row.GetString(15), Json)!,
        Call = row.IsDBNull(16) ? null : JsonSerializer.Deserialize<AnswerCall>(row.GetString(16), Json),
        Passages = row.GetInt32(17),
        Citations = row.GetInt32(18),
        Calls = [],
    };

    private static LedgerCall ReadCall(NpgsqlDataReader row) => new()
    {
        At = row.GetFieldValue<DateTimeOffset>(0),
        SettledAt = row.Instant(1),
        Attempt = row.GetInt16(2),
        Step = row.GetString(3),
        Provider = row.GetString(4),
        Model = row.GetString(5),
        PriceVersion = row.GetString(6),
        PromptVersion = row.Text(7),
        State = row.GetString(8),
        Outcome = row.Text(9),
        ReservedCost = row.GetInt64(10),
        Cost = row.GetInt64(11),
        InputTokens = row.Whole(12),
        OutputTokens = row.Whole(13),
        TokensAreEstimated = row.GetBoolean(14),
    };
}
