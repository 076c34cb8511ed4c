using System.Text.Json;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Tenants;
using Npgsql;
using NpgsqlTypes;

namespace AiApp.Rag.Answering;

/// <summary>An answer that did not come to be: why, and when it stopped.</summary>
internal sealed record UnfinishedAnswer(string Outcome, string? ErrorCode);

/// <summary>The records of answers.</summary>
public sealed class AnswerStore(NpgsqlDataSource database)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The answer as it was given, or null.</summary>
    public async Task<Answer?> FindAsync(TenantId tenant, Guid id, CancellationToken ct)
    {
        await using var command = database.CreateCommand(AnswerSql.Find);
        command.Parameters.Add(new() { Value = tenant.Value });
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            return null;
        }
        return new Answer
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
        };
    }

    internal async Task AddAsync(
        Question question, Answer answer, DateTimeOffset askedAt, int? embeddingSpaceId, UnfinishedAnswer? unfinished, CancellationToken ct)
    {
        await using var command = database.CreateCommand(AnswerSql.Add);
        void Add(object? value, NpgsqlDbType? type = null)
        {
            var parameter = new NpgsqlParameter { Value = value ?? DBNull.Value };
            if (type is { } known)
            {
                parameter.NpgsqlDbType = known;
            }
            command.Parameters.Add(parameter);
        }
        Add(question.Tenant.Value);
        Add(answer.Id);
        Add(askedAt);
        Add(question.AskedBy, NpgsqlDbType.Text);
        Add(question.Collection, NpgsqlDbType.Text);
        Add(answer.Question);
        Add(answer.Text.Replace("\0", "", StringComparison.Ordinal));
        Add(unfinished?.Outcome ?? (answer.Outcome == AnswerOutcome.Answered ? "answered" : "insufficient_context"));
        Add(unfinished?.ErrorCode, NpgsqlDbType.Text);
        Add(answer.Provider);
        Add(answer.Model);
        Add(answer.PromptVersion);
        Add(embeddingSpaceId, NpgsqlDbType.Integer);
        Add(JsonSerializer.Serialize(answer.Passages, Json), NpgsqlDbType.Jsonb);
        Add(JsonSerializer.Serialize(answer.Citations, Json), NpgsqlDbType.Jsonb);
        Add(JsonSerializer.Serialize(answer.Stages, Json), NpgsqlDbType.Jsonb);
        Add(answer.Usage.InputTokens, NpgsqlDbType.Integer);
        Add(answer.Usage.OutputTokens, NpgsqlDbType.Integer);
        Add(answer.DurationMs);
        await command.ExecuteNonQueryAsync(ct);
    }
}
