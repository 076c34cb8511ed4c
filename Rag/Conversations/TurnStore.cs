using System.Text.Json;
using AiApp.Rag.Access;
using AiApp.Rag.Answering;
using AiApp.Rag.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AiApp.Rag.Conversations;

/// <summary>The turns of conversations, and which process writes them.</summary>
public sealed class TurnStore(NpgsqlDataSource database, IOptions<ConversationsOptions> options, TimeProvider clock)
{
    // A path has no end of its own; what is further back is in the memory of a turn, or forgotten.
    private const int LongestPath = 50;
    private const int LongestTitle = 100;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly double _lease = options.Value.LeaseSeconds;

    /// <summary>The turn and the conversation's collection; null when the turn is known already, or what it names is not.</summary>
    internal async Task<(Turn Turn, string? Collection)?> BeginAsync(Owner owner, NewTurn turn, CancellationToken ct)
    {
        var answerId = Guid.CreateVersion7(clock.GetUtcNow());
        await using var batch = database.ReadAs(owner)
            .Append(TurnSql.Begin, owner.Tenant, owner.User, turn.ConversationId, turn.Id, turn.Parent, turn.EditOf, turn.Question, answerId, _lease)
            .Append(ConversationSql.Touch, owner.Tenant, owner.User, turn.ConversationId, Title(turn.Question));
        await using var reader = await batch.ExecuteAsOwnerAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            return null;
        }
        var begun = new Turn
        {
            ConversationId = turn.ConversationId,
            Id = turn.Id,
            ParentId = reader.IsDBNull(0) ? null : reader.GetGuid(0),
            Question = turn.Question,
            State = TurnState.Streaming,
            AnswerId = answerId,
            CreatedAt = reader.GetFieldValue<DateTimeOffset>(1),
        };
        await reader.NextResultAsync(ct);
        return (begun, await reader.ReadAsync(ct) ? reader.Text(0) : null);
    }

    /// <summary>In the order in which they were asked.</summary>
    public async Task<IReadOnlyList<Turn>> ListAsync(Owner owner, Guid conversation, CancellationToken ct) =>
        await ListAsync(owner, conversation, null, ct);

    public async Task<Turn?> FindAsync(Owner owner, Guid conversation, Guid turn, CancellationToken ct) =>
        (await ListAsync(owner, conversation, turn, ct)).SingleOrDefault();

    /// <summary>What was said before the turn, oldest first.</summary>
    internal async Task<IReadOnlyList<PathTurn>> ReadPathAsync(Owner owner, Turn turn, CancellationToken ct)
    {
        await using var batch = database.ReadAs(owner).Append(
            TurnSql.Path, owner.Tenant, owner.Principals.ToArray(), turn.ConversationId, owner.User, turn.Id, LongestPath);
        await using var reader = await batch.ExecuteAsOwnerAsync(ct);
        var path = new List<PathTurn>();
        while (await reader.ReadAsync(ct))
        {
            path.Add(new()
            {
                Id = reader.GetGuid(0),
                Question = reader.GetString(1),
                // It was made of what could be read then, the turns before this path included: with one answer gone it is made again.
                Memory = reader.IsDBNull(2) || !reader.GetBoolean(5) ? null : JsonSerializer.Deserialize<TurnMemory>(reader.GetString(2), Json),
                Answer = !reader.IsDBNull(4) && reader.GetBoolean(4) ? reader.GetString(3) : null,
            });
        }
        path.Reverse();
        return path;
    }

    internal Task UnderstandAsync(Owner owner, Turn turn, string question, string? by, TurnMemory? memory, CancellationToken ct) =>
        ExecuteAsync(owner, turn, TurnSql.Understand, [PostgresText.Clean(question), by, memory is null ? null : JsonSerializer.Serialize(memory, Json)], ct);

    /// <summary>Whether the turn is to stop; null when it is gone or has ended.</summary>
    internal async Task<bool?> BeatAsync(Owner owner, Turn turn, CancellationToken ct)
    {
        await using var batch = database.ReadAs(owner).Append(TurnSql.Beat, owner.Tenant, owner.User, turn.ConversationId, turn.Id, _lease);
        await using var reader = await batch.ExecuteAsOwnerAsync(ct);
        return await reader.ReadAsync(ct) ? reader.GetBoolean(0) : null;
    }

    internal Task EndAsync(Owner owner, Turn turn, TurnState state, string? errorCode, CancellationToken ct) =>
        ExecuteAsync(owner, turn, TurnSql.End, [Word(state), errorCode], ct);

    /// <summary>Whoever writes it hears of it with its next heartbeat.</summary>
    internal Task AskToStopAsync(Owner owner, Turn turn, CancellationToken ct) => ExecuteAsync(owner, turn, TurnSql.AskToStop, [], ct);

    private async Task ExecuteAsync(Owner owner, Turn turn, string sql, IReadOnlyList<object?> more, CancellationToken ct)
    {
        await using var batch = database.ReadAs(owner).Append(sql, [owner.Tenant, owner.User, turn.ConversationId, turn.Id, .. more]);
        await using var reader = await batch.ExecuteAsOwnerAsync(ct);
    }

    private async Task<List<Turn>> ListAsync(Owner owner, Guid conversation, Guid? turn, CancellationToken ct)
    {
        await using var batch = database.ReadAs(owner).Append(
            TurnSql.List, owner.Tenant, owner.Principals.ToArray(), conversation, owner.User, turn).Append(
            TurnSql.Overshadowed, owner.Tenant, owner.Principals.ToArray(), conversation, owner.User, turn);
        await using var reader = await batch.ExecuteAsOwnerAsync(ct);
        var turns = new List<Turn>();
        while (await reader.ReadAsync(ct))
        {
            turns.Add(Read(reader, conversation));
        }
        await reader.NextResultAsync(ct);
        var overshadowed = new HashSet<Guid>();
        while (await reader.ReadAsync(ct))
        {
            overshadowed.Add(reader.GetGuid(0));
        }
        return overshadowed.Count == 0 ? turns : [.. turns.Select(one => overshadowed.Contains(one.Id) ? AsAsked(one) : one)];
    }

    /// <summary>What it was understood as may hold words of an answer that may no longer be read.</summary>
    private static Turn AsAsked(Turn turn) => turn with
    {
        Standalone = turn.Question,
        RewrittenBy = null,
        Answer = turn.Answer is { } answer ? answer with { Question = turn.Question } : null,
    };

    // Behind the 17 columns of an answer, its error code and whether it may be read.
    private static Turn Read(NpgsqlDataReader row, Guid conversation)
    {
        var answerId = row.GetGuid(24);
        var state = State(row.GetString(26));
        var isWritten = !row.IsDBNull(0) && row.GetString(1).Length > 0 && state != TurnState.Streaming;
        var isReadable = isWritten && row.GetBoolean(18);
        return new()
        {
            ConversationId = conversation,
            Id = row.GetGuid(19),
            ParentId = row.IsDBNull(20) ? null : row.GetGuid(20),
            Question = row.GetString(21),
            Standalone = row.Text(22),
            RewrittenBy = row.Text(23),
            AnswerId = answerId,
            CreatedAt = row.GetFieldValue<DateTimeOffset>(25),
            State = state,
            ErrorCode = state == TurnState.Failed ? row.Text(27) : null,
            Answer = isReadable ? AnswerStore.Read(row, answerId) : null,
            IsWithheld = isWritten && !isReadable,
        };
    }

    private static string Title(string question)
    {
        var line = string.Join(' ', PostgresText.Clean(question).Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= LongestTitle)
        {
            return line;
        }
        var cut = line.LastIndexOf(' ', LongestTitle - 1);
        cut = cut > 0 ? cut : char.IsHighSurrogate(line[LongestTitle - 2]) ? LongestTitle - 2 : LongestTitle - 1;
        return line[..cut] + "…";
    }

    private static string Word(TurnState state) => state switch
    {
        TurnState.Streaming => "streaming",
        TurnState.Complete => "complete",
        TurnState.Failed => "failed",
        TurnState.Stopped => "stopped",
    };

    private static TurnState State(string word) => word switch
    {
        "streaming" => TurnState.Streaming,
        "complete" => TurnState.Complete,
        "stopped" => TurnState.Stopped,
        _ => TurnState.Failed,
    };
}
