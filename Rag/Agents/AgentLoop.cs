using System.Diagnostics;
using AiApp.Rag.Agents.Tools;
using AiApp.Rag.Gateway;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Agents;

/// <summary>
/// Works on a run from where it stands: asks a model, makes the calls it wants, until it answers or a person has to decide. Each step is
/// written down before it is made and after, so that the next process knows what this one knew.
/// </summary>
internal sealed class AgentLoop(
    AgentStore store, AgentQueue queue, AgentModel model, ToolBox box, AgentAnswers answers, AgentSignal signal, IOptions<AgentOptions> options, TimeProvider clock)
{
    public const string AgentName = "aiapp";

    /// <summary>Returns when the run is over or waits for a person.</summary>
    /// <exception cref="RunLostException">It is somebody else's now.</exception>
    public async Task RunAsync(HeldRun held, CancellationToken ct)
    {
        if (await store.FindAsync(held.Owner, held.Id, ct) is not { } run)
        {
            throw new RunLostException();
        }
        using var activity = Begin(run);
        var start = clock.GetTimestamp();
        using var time = new CancellationTokenSource(held.TimeLeft, clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(time.Token, ct);
        var memory = new AgentMemory(run);
        string? failure;
        try
        {
            failure = await WorkAsync(held, memory, bounded.Token);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            failure = AgentFailures.Limit;
        }
        catch (ModelProviderException refused)
        {
            failure = refused.Code;
        }
        catch (QuotaExceededException)
        {
            failure = ModelFailureCodes.QuotaExceeded;
        }
        if (failure is not null)
        {
            activity?.SetTag(RagTelemetry.ErrorType, failure);
            activity?.SetStatus(ActivityStatusCode.Error);
            await queue.FailAsync(held, failure, ct);
            RagTelemetry.AgentRuns.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Outcome, failure));
        }
        else if (memory.Answer is { } said)
        {
            await answers.CompleteAsync(held, memory, said, held.TimeLeft - clock.GetElapsedTime(start), ct);
        }
        signal.Changed(held.Id);
    }

    /// <summary>Null when the model has answered or a person has to decide; else why it cannot be answered.</summary>
    private async Task<string?> WorkAsync(HeldRun held, AgentMemory memory, CancellationToken ct)
    {
        var tools = await box.ListAsync(ct);
        while (true)
        {
            if (memory.Answer is not null)
            {
                return null;
            }
            if (memory.Unfinished is { Kind: AgentStepKind.Tool } planned)
            {
                if (!await MakeAsync(held, memory, planned, tools, ct))
                {
                    return null;
                }
            }
            else if (await AskAsync(held, memory, tools, ct) is { } failure)
            {
                return failure;
            }
            signal.Changed(held.Id);
        }
    }

    private async Task<string?> AskAsync(HeldRun held, AgentMemory memory, IReadOnlyList<IAgentTool> tools, CancellationToken ct)
    {
        // Begun by a process that has ended, it is asked again: nobody has heard what it said.
        var number = memory.Unfinished?.Number ?? memory.NextNumber;
        var step = new AgentStep { Number = number, Kind = AgentStepKind.Model, State = AgentStepState.Done, StartedAt = clock.GetUtcNow() };
        await queue.BeginModelAsync(held, number, ct);
        signal.Changed(held.Id);
        // One step is kept for the answer.
        var turn = await model.AskAsync(memory, tools, Math.Max(0, memory.Run.Task.Limits.Steps - number - 1), ct);
        if (turn.Response is not { } response)
        {
            return turn.Failure;
        }
        step = step with { Response = response, Cost = turn.Cost, EndedAt = clock.GetUtcNow() };
        await queue.EndModelAsync(held, step, ct);
        memory.Remember(step);
        foreach (var (call, place) in response.Calls.Select((call, place) => (call, place)))
        {
            memory.Remember(new() { Number = number + 1 + place, Kind = AgentStepKind.Tool, State = AgentStepState.Planned, Call = call });
        }
        Count("model", AgentStepState.Done);
        return null;
    }

    /// <summary>False when a person has to decide first.</summary>
    private async Task<bool> MakeAsync(HeldRun held, AgentMemory memory, AgentStep step, IReadOnlyList<IAgentTool> tools, CancellationToken ct)
    {
        var call = step.Call!;
        if (step.State == AgentStepState.WaitingApproval)
        {
            await EndAsync(held, memory, step with { State = AgentStepState.Declined }, new("Nobody has approved this call in time. It was not made; do without it.") { Summary = "not approved in time" }, ct);
            return true;
        }
        var (tool, arguments, fault) = box.Judge(call, tools);
        if (tool is null)
        {
            await EndAsync(held, memory, step with { State = AgentStepState.Failed }, ToolResult.Error(fault!) with { Summary = "not a valid call" }, ct);
            return true;
        }
        // A call that was approved and begun by a process that has ended may have been made. A person decides whether it is made again.
        var mayHaveHappened = step.MayHaveHappened || step is { State: AgentStepState.Running, ApprovalHash: not null };
        if (!await MayBeginAsync(held, memory, step, tool, ct))
        {
            await queue.AskApprovalAsync(held, step, mayHaveHappened, ct);
            RagTelemetry.AgentApprovals.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Outcome, "asked"));
            return false;
        }
        signal.Changed(held.Id);
        var begun = step with { StartedAt = clock.GetUtcNow() };
        using var activity = BeginTool(tool, call);
        var result = await tool.CallAsync(arguments, new(held.Id, memory.Run.Task, memory.Seen, options.Value.ResultCharacters), ct);
        if (result.IsError)
        {
            activity?.SetTag(RagTelemetry.ErrorType, "tool_error");
            activity?.SetStatus(ActivityStatusCode.Error);
        }
        await EndAsync(held, memory, begun with { State = result.IsError ? AgentStepState.Failed : AgentStepState.Done }, result, ct);
        return true;
    }

    /// <summary>Written down before the call, so that a process that ends in it leaves word. False when a person has to approve it first.</summary>
    private async Task<bool> MayBeginAsync(HeldRun held, AgentMemory memory, AgentStep step, IAgentTool tool, CancellationToken ct)
    {
        if (step.State == AgentStepState.Approved)
        {
            return await queue.BeginApprovedAsync(held, step.Number, ApprovalHash.Of(held.Id, step.Number, step.Call!, step.Askings), ct);
        }
        var isFree = step.ApprovalHash is null && tool.Leave switch
        {
            ToolLeave.None => true,
            ToolLeave.AfterTaint => !memory.IsTainted,
            ToolLeave.Always => false,
        };
        if (isFree)
        {
            await queue.BeginToolAsync(held, step.Number, ct);
        }
        return isFree;
    }

    private async Task EndAsync(HeldRun held, AgentMemory memory, AgentStep step, ToolResult result, CancellationToken ct)
    {
        var ended = step with
        {
            Result = result.Text,
            Passages = result.Passages,
            Derivation = result.Derivation,
            Summary = result.Summary,
            IsTainted = result.IsTainted,
            MayHaveHappened = step.MayHaveHappened || result.MayHaveHappened,
            EndedAt = clock.GetUtcNow(),
        };
        await queue.EndToolAsync(held, ended, ct);
        memory.Remember(ended);
        // What a model calls a tool that is none would make a series of its own.
        Count(ended.StartedAt is null ? "none" : ended.Call!.Tool, ended.State);
    }

    private static void Count(string tool, AgentStepState state) => RagTelemetry.AgentSteps.Add(1,
        new KeyValuePair<string, object?>(RagTelemetry.ToolName, tool), new KeyValuePair<string, object?>(RagTelemetry.Outcome, AgentRows.Word(state)));

    /// <summary>Part of the trace of the request that began the run, whichever process works on it.</summary>
    private static Activity? Begin(AgentRun run)
    {
        var parent = ActivityContext.TryParse(run.TraceParent, null, isRemote: true, out var known) ? known : default;
        var activity = RagTelemetry.Source.StartActivity($"{RagTelemetry.InvokeAgent} {AgentName}", ActivityKind.Internal, parent);
        activity?.SetTag(RagTelemetry.Operation, RagTelemetry.InvokeAgent).SetTag(RagTelemetry.AgentName, AgentName).SetTag(RagTelemetry.ConversationId, run.Id);
        return activity;
    }

    private static Activity? BeginTool(IAgentTool tool, AgentCall call)
    {
        var activity = RagTelemetry.Source.StartActivity($"{RagTelemetry.ExecuteTool} {tool.Name}");
        activity?.SetTag(RagTelemetry.Operation, RagTelemetry.ExecuteTool).SetTag(RagTelemetry.ToolName, tool.Name)
            .SetTag(RagTelemetry.ToolCallId, call.Id).SetTag(RagTelemetry.ToolType, tool is Mcp.McpTool ? "extension" : "function");
        return activity;
    }
}
