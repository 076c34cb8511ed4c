using System.Text.Json;
using AiApp.Rag.Access;
using AiApp.Rag.Caching;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Answering;

/// <summary>An answer that did not come to be: why, and when it stopped.</summary>
internal sealed record UnfinishedAnswer(string Outcome, string? ErrorCode);

/// <summary>The records of answers.</summary>
public sealed class AnswerStore(NpgsqlDataSource database)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>
    /// The answer as it was given; null for everybody but who asked, and for them too once a document of its evidence is
    /// deleted or may no longer be read.
    /// </summary>
    public async Task<Answer?> FindAsync(TenantId tenant, PrincipalSet principals, string askedBy, Guid id, CancellationToken ct)
    {
        await using var batch = database.ReadAs(tenant, principals).Append(AnswerSql.Find, tenant, principals.ToArray(), id, askedBy);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader, id) : null;
    }

    /// <summary>A row that begins with <see cref="AnswerColumns.All"/>. The outcome of an unfinished one reads as insufficient: ask for it before.</summary>
    internal static Answer Read(NpgsqlDataReader reader, Guid id) => new()
    {
        Id = id,
        Question = reader.GetString(0),
        Text = reader.GetString(1),
        Outcome = reader.GetString(2) == "answered" ? AnswerOutcome.Answered : AnswerOutcome.InsufficientContext,
        Provider = reader.GetString(3),
        Model = reader.GetString(4),
        PromptVersion = reader.GetString(5),
        Passages = JsonSerializer.Deserialize<List<RetrievedChunk>>(reader.GetString(6), Json)!,
        Citations = JsonSerializer.Deserialize<List<Citation>>(reader.GetString(7), Json)!,
        Stages = JsonSerializer.Deserialize<List<StageTiming>>(reader.GetString(8), Json)!,
        Usage = new(reader.IsDBNull(9) ? null : reader.GetInt32(9), reader.IsDBNull(10) ? null : reader.GetInt32(10)),
        DurationMs = reader.GetInt32(11),
        Grounding = reader.IsDBNull(16) ? null : JsonSerializer.Deserialize<AnswerGrounding>(reader.GetString(16), Json),
        Cached = reader.IsDBNull(13) ? null : ReadOrigin(reader),
        Call = reader.IsDBNull(12) ? null : JsonSerializer.Deserialize<AnswerCall>(reader.GetString(12), Json),
    };

    private static CachedOrigin ReadOrigin(NpgsqlDataReader reader)
    {
        var at = reader.GetFieldValue<DateTimeOffset>(14);
        return new(reader.GetGuid(13), at) { Age = reader.GetFieldValue<DateTimeOffset>(15) - at };
    }

    internal async Task AddAsync(
        AnswerRun run, Answer answer, int? embeddingSpaceId, UnfinishedAnswer? unfinished, CancellationToken ct)
    {
        await using var command = database.Statement(AnswerSql.Add, Arguments(run, answer, embeddingSpaceId, unfinished));
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>As part of a transaction.</summary>
    internal static void Append(NpgsqlBatch batch, AnswerRun run, Answer answer) => batch.Append(AnswerSql.Add, Arguments(run, answer, null, null));

    private static object?[] Arguments(AnswerRun run, Answer answer, int? embeddingSpaceId, UnfinishedAnswer? unfinished)
    {
        var question = run.Question;
        return
        [
            question.Tenant, answer.Id, run.AskedAt, question.AskedBy, question.Collection, answer.Question, PostgresText.Clean(answer.Text),
            unfinished?.Outcome ?? (answer.Outcome == AnswerOutcome.Answered ? "answered" : "insufficient_context"), unfinished?.ErrorCode,
            answer.Provider, answer.Model, answer.PromptVersion, embeddingSpaceId, JsonSerializer.Serialize(answer.Passages, Json),
            JsonSerializer.Serialize(answer.Citations, Json), JsonSerializer.Serialize(answer.Stages, Json), answer.Usage.InputTokens,
            answer.Usage.OutputTokens, answer.DurationMs, answer.Call?.Cost ?? 0L, answer.Call is { } call ? JsonSerializer.Serialize(call, Json) : null,
            run.TraceId, answer.Call?.Degraded.Count > 0,
            question.Replay?.Of, run.Terms is { } terms ? JsonSerializer.Serialize(terms, Json) : null,
            JsonSerializer.Serialize(answer.Grounding, Json), answer.Cached?.AnswerId, answer.Cached?.At, run.CacheResult?.Word(), run.Saved?.DurationMs, run.Saved?.Cost,
        ];
    }
}
