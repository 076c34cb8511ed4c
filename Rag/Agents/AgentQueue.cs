using System.Text.Json;
using AiApp.Rag.Access;
using AiApp.Rag.Answering;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AiApp.Rag.Agents;

/// <summary>A run that this process works on. Whatever it writes is checked against <see cref="Token"/>.</summary>
internal sealed record HeldRun(Owner Owner, Guid Id, Guid Token, TimeSpan TimeLeft)
{
    public TenantId Tenant => Owner.Tenant;
}

/// <summary>The lease is gone: the run belongs to another process, was stopped, or is no more. Nothing of it may be done any more.</summary>
internal sealed class RunLostException() : Exception("The lease of the run is gone.");

/// <summary>Which run is next, and what comes of its steps. Every method but <see cref="ClaimAsync"/> throws <see cref="RunLostException"/>.</summary>
internal sealed class AgentQueue(NpgsqlDataSource database, IOptions<AgentOptions> options)
{
    public async Task<HeldRun?> ClaimAsync(CancellationToken ct)
    {
        await using var command = database.Statement(AgentQueueSql.Claim, options.Value.Lease);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new(new(new(reader.GetInt32(0)), reader.GetString(3), PrincipalSet.Of(reader.GetFieldValue<string[]>(4))), reader.GetGuid(1), reader.GetGuid(2),
                TimeSpan.FromSeconds(Math.Max(0, reader.GetDouble(5))))
            : null;
    }

    public Task RenewAsync(HeldRun run, CancellationToken ct) => ChangeAsync(run, AgentQueueSql.Renew, ct, options.Value.Lease);

    public async Task ReleaseAsync(HeldRun run, CancellationToken ct)
    {
        await using var batch = database.ReadAs(run.Owner).Append(AgentQueueSql.Release, run.Tenant, run.Id, run.Token);
        await batch.ExecuteNonQueryAsync(ct);
    }

    public Task BeginModelAsync(HeldRun run, int number, CancellationToken ct) =>
        ChangeAsync(run, AgentQueueSql.BeginModel, ct, options.Value.Lease, number);

    public async Task EndModelAsync(HeldRun run, AgentStep step, CancellationToken ct)
    {
        await using var batch = database.ReadAs(run.Owner).Append(AgentQueueSql.EndModel,
            run.Tenant, run.Id, run.Token, options.Value.Lease, step.Number, PostgresText.Clean(JsonSerializer.Serialize(step.Response, AgentRows.Json)), step.Cost);
        if (step.Response is { Calls: { Count: > 0 } calls })
        {
            batch.Append(AgentQueueSql.PlanTools, run.Tenant, run.Id, run.Token, step.Number + 1,
                calls.Select(call => PostgresText.Clean(call.Id)).ToArray(), calls.Select(call => PostgresText.Clean(call.Tool)).ToArray(),
                calls.Select(call => PostgresText.Clean(call.Arguments)).ToArray());
        }
        await RequireRowAsync(batch, ct);
    }

    public Task BeginToolAsync(HeldRun run, int number, CancellationToken ct) =>
        ChangeAsync(run, AgentQueueSql.BeginTool, ct, options.Value.Lease, number);

    /// <summary>False when what is about to be called is not what was approved, or was approved too long ago. The lease is held in any case.</summary>
    public async Task<bool> BeginApprovedAsync(HeldRun run, int number, string hash, CancellationToken ct)
    {
        await using var batch = database.ReadAs(run.Owner).Append(AgentQueueSql.BeginApproved, run.Tenant, run.Id, run.Token, options.Value.Lease, number, hash);
        await using (var reader = await batch.ExecuteAsOwnerAsync(ct))
        {
            if (await reader.ReadAsync(ct))
            {
                return true;
            }
        }
        await RenewAsync(run, ct);
        return false;
    }

    /// <summary>The run waits for a person and belongs to nobody.</summary>
    public Task AskApprovalAsync(HeldRun run, AgentStep step, bool mayHaveHappened, CancellationToken ct)
    {
        var asking = step.Askings + 1;
        return ChangeAsync(run, AgentQueueSql.AskApproval, ct,
            options.Value.Approval, step.Number, ApprovalHash.Of(run.Id, step.Number, step.Call!, asking), mayHaveHappened, asking);
    }

    public Task EndToolAsync(HeldRun run, AgentStep step, CancellationToken ct) => ChangeAsync(run, AgentQueueSql.EndTool, ct,
        options.Value.Lease, step.Number, AgentRows.Word(step.State), step.Result is { } result ? PostgresText.Clean(result) : null,
        step.Passages.Count > 0 ? JsonSerializer.Serialize(step.Passages, AgentRows.Json) : null,
        step.Derivation is { } derivation ? JsonSerializer.Serialize(derivation, AgentRows.Json) : null,
        step.Summary is { } summary ? PostgresText.Clean(summary) : null, step.IsTainted, step.MayHaveHappened);

    /// <summary>
    /// The answer is recorded in the same transaction as the end, so that there is one for each run that is completed. <paramref name="cost"/>:
    /// what the end itself has cost.
    /// </summary>
    public async Task CompleteAsync(HeldRun run, AnswerRun record, Answer answer, long cost, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var end = End(new NpgsqlBatch(connection, transaction), run, AgentRunState.Completed, null, cost))
        {
            await RequireRowAsync(end, ct);
        }
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            AnswerStore.Append(batch, record, answer);
            await batch.ExecuteNonQueryAsync(ct);
        }
        await transaction.CommitAsync(ct);
    }

    public async Task FailAsync(HeldRun run, string code, CancellationToken ct)
    {
        await using var batch = End(database.CreateBatch(), run, AgentRunState.Failed, code, cost: 0);
        await RequireRowAsync(batch, ct);
    }

    private static NpgsqlBatch End(NpgsqlBatch batch, HeldRun run, AgentRunState state, string? code, long cost) => batch.AppendOwner(run.Owner)
        .Append(AgentQueueSql.Finish, run.Tenant, run.Id, run.Token, AgentRows.Word(state), code, cost)
        .Append(AgentSql.CutOff, run.Tenant, run.Id).Append(AgentSql.ForgetTexts, run.Tenant, run.Id);

    private async Task ChangeAsync(HeldRun run, string statement, CancellationToken ct, params object?[] arguments)
    {
        await using var batch = database.ReadAs(run.Owner).Append(statement, [run.Tenant, run.Id, run.Token, .. arguments]);
        await RequireRowAsync(batch, ct);
    }

    /// <summary>Of the first statement behind the owner.</summary>
    private static async Task RequireRowAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        await using var reader = await batch.ExecuteAsOwnerAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            throw new RunLostException();
        }
    }
}
