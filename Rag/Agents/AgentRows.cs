using System.Text.Json;
using AiApp.Rag.Access;
using AiApp.Rag.Answering.Grounding;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Agents;

/// <summary>Rows of runs and steps, and the words of their states.</summary>
internal static class AgentRows
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>What <see cref="ReadRun"/> reads, in this order.</summary>
    public const string RunColumns =
        "asked_by, api_key_id, principals, question, collection, state, failure_code, max_steps, max_seconds, max_cost, spent_cost, "
        + "takeover_count, trace_parent, created_at, finished_at";

    public static AgentRun ReadRun(NpgsqlDataReader reader, TenantId tenant, Guid id) => new()
    {
        Id = id,
        Task = new()
        {
            Tenant = tenant,
            AskedBy = reader.GetString(0),
            ApiKey = reader.Text(1),
            Principals = PrincipalSet.Of(reader.GetFieldValue<string[]>(2)),
            Question = reader.GetString(3),
            Collection = reader.Text(4),
            Limits = new(reader.GetInt32(7), reader.GetInt32(8), reader.GetInt64(9)),
        },
        State = RunState(reader.GetString(5)),
        FailureCode = reader.Text(6),
        SpentCost = reader.GetInt64(10),
        Takeovers = reader.GetInt32(11),
        TraceParent = reader.Text(12),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(13),
        FinishedAt = reader.Instant(14),
        Steps = [],
    };

    public static AgentStep ReadStep(NpgsqlDataReader reader) => new()
    {
        Number = reader.GetInt32(0),
        Kind = reader.GetString(1) == "model" ? AgentStepKind.Model : AgentStepKind.Tool,
        State = StepState(reader.GetString(2)),
        Response = Value<AgentResponse>(reader, 3),
        Call = reader.IsDBNull(4) ? null : new(reader.GetString(5), reader.GetString(4), reader.GetString(6)),
        Result = reader.Text(7),
        Passages = Value<List<RetrievedChunk>>(reader, 8) ?? [],
        Derivation = Value<Derivation>(reader, 9),
        Summary = reader.Text(10),
        IsTainted = reader.GetBoolean(11),
        Askings = reader.GetInt32(19),
        ApprovalHash = reader.Text(12),
        ApprovalUntil = reader.Instant(13),
        ApprovalHolds = reader.GetBoolean(18),
        MayHaveHappened = reader.GetBoolean(14),
        Cost = reader.GetInt64(15),
        StartedAt = reader.Instant(16),
        EndedAt = reader.Instant(17),
    };

    public static string Word(AgentRunState state) => state switch
    {
        AgentRunState.Running => "running",
        AgentRunState.WaitingApproval => "waiting_approval",
        AgentRunState.Completed => "completed",
        AgentRunState.Failed => "failed",
        AgentRunState.Stopped => "stopped",
    };

    public static string Word(AgentStepState state) => state switch
    {
        AgentStepState.Planned => "planned",
        AgentStepState.WaitingApproval => "waiting_approval",
        AgentStepState.Approved => "approved",
        AgentStepState.Running => "running",
        AgentStepState.Done => "done",
        AgentStepState.Failed => "failed",
        AgentStepState.Declined => "declined",
    };

    private static AgentRunState RunState(string word) => Enum.GetValues<AgentRunState>().First(state => Word(state) == word);

    private static AgentStepState StepState(string word) => Enum.GetValues<AgentStepState>().First(state => Word(state) == word);

    private static T? Value<T>(NpgsqlDataReader reader, int column) where T : class =>
        reader.IsDBNull(column) ? null : JsonSerializer.Deserialize<T>(reader.GetString(column), Json);
}
