using AiApp.Rag.Answering;
using AiApp.Rag.Gateway;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Telemetry;

namespace AiApp.Rag.Agents;

/// <summary>The answer of a run: held against the passages that it has seen, as every answer is, and recorded as one.</summary>
internal sealed class AgentAnswers(AgentQueue queue, AnswerRepair repair, TimeProvider clock)
{
    // With less of its time left a run is answered as it is.
    private static readonly TimeSpan LeastForRepair = TimeSpan.FromSeconds(1);

    /// <param name="held">The run, as this process has it.</param>
    /// <param name="memory">What it has done.</param>
    /// <param name="said">What the model said in the end.</param>
    /// <param name="left">Of the run's time.</param>
    /// <param name="ct">Of the process.</param>
    public async Task<Answer> CompleteAsync(HeldRun held, AgentMemory memory, AgentResponse said, TimeSpan left, CancellationToken ct)
    {
        var task = memory.Run.Task;
        var gate = new CitationGate(memory.Seen.All, task.Question, memory.Derived);
        gate.Push(said.Text);
        gate.Complete();
        var mending = left >= LeastForRepair && repair.IsWanted(gate, pinned: null) ? await RepairAsync(memory, gate, left, ct) : null;
        var abstained = gate.Citations.Count == 0;
        var record = new AnswerRun(
            new() { Tenant = task.Tenant, Text = task.Question, Collection = task.Collection, AskedBy = task.AskedBy, ApiKey = task.ApiKey, Principals = task.Principals },
            clock);
        var answer = new Answer
        {
            Id = memory.Run.Id,
            Question = task.Question,
            Text = abstained ? AnswerPipeline.Abstention : gate.Text,
            Outcome = abstained ? AnswerOutcome.InsufficientContext : AnswerOutcome.Answered,
            Citations = [.. gate.Citations],
            Passages = memory.Seen.All,
            Grounding = gate.Ground(abstained ? task.Question : null),
            Usage = new(Sum(memory, response => response.InputTokens), Sum(memory, response => response.OutputTokens)),
            Call = CallOf(memory, said, mending),
            Provider = said.Provider,
            Model = said.Model,
            PromptVersion = AgentMemory.PromptId,
            Stages = [.. memory.Steps.Where(step => step.StartedAt is not null && step.EndedAt is not null).Select(step => Stage(memory.Run, step))],
            DurationMs = (int)Math.Max(0, (clock.GetUtcNow() - memory.Run.CreatedAt).TotalMilliseconds),
        };
        await queue.CompleteAsync(held, record, answer, mending?.Cost ?? 0, ct);
        var outcome = new KeyValuePair<string, object?>(RagTelemetry.Outcome, abstained ? "insufficient_context" : "answered");
        RagTelemetry.AgentRuns.Add(1, outcome);
        RagTelemetry.Answers.Add(1, outcome);
        return answer;
    }

    /// <summary>What was left out is offered to a model once more, within what the run may still take. A process that ends in it leaves the answer to the next.</summary>
    private async Task<AnswerCall?> RepairAsync(AgentMemory memory, CitationGate gate, TimeSpan left, CancellationToken ct)
    {
        var (task, start) = (memory.Run.Task, clock.GetTimestamp());
        var request = new ModelRequest
        {
            Id = memory.Run.Id,
            Step = ModelStep.Repair,
            Tenant = task.Tenant,
            User = task.AskedBy,
            ApiKey = task.ApiKey,
            PromptVersion = AnswerRepair.Prompt.Id,
            Deadline = left < repair.Patience ? left : repair.Patience,
            PriceCeiling = Math.Max(0, task.Limits.Cost - memory.Spent),
        };
        var grounding = new GroundingContext { Question = task.Question, Passages = memory.Seen.All, Terms = [] };
        if (await repair.WriteAsync(gate, grounding, request, ct) is { } text)
        {
            gate.Resume();
            gate.Push(text);
            gate.Complete();
            AnswerRepair.Count(gate.Repaired > 0 ? "repaired" : "unchanged");
        }
        return AnswerCall.Of(request, start, clock);
    }

    private static AnswerCall CallOf(AgentMemory memory, AgentResponse said, AnswerCall? mending)
    {
        var responses = memory.Steps.Select(step => step.Response).OfType<AgentResponse>().ToList();
        return new()
        {
            Cost = memory.Spent + (mending?.Cost ?? 0),
            PriceVersion = said.PriceVersion,
            TokensAreEstimated = responses.Any(response => response.TokensAreEstimated),
            Degraded = [.. responses.SelectMany(response => response.Degraded).Distinct()],
            Attempts = [.. responses.SelectMany(response => response.Attempts), .. mending?.Attempts ?? []],
        };
    }

    private static int? Sum(AgentMemory memory, Func<AgentResponse, int?> tokens) => memory.Steps.Select(step => step.Response).OfType<AgentResponse>().Sum(tokens);

    private static StageTiming Stage(AgentRun run, AgentStep step) => new(
        step.Call?.Tool ?? "model",
        Math.Round((step.EndedAt - step.StartedAt)!.Value.TotalMilliseconds, 2),
        Math.Round((step.StartedAt!.Value - run.CreatedAt).TotalMilliseconds, 2));
}
