using AiApp.Rag.Answering;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Telemetry;

namespace AiApp.Rag.Agents;

/// <summary>The answer of a run: held against the passages that it has seen, as every answer is, and recorded as one.</summary>
internal sealed class AgentAnswers(AgentQueue queue, TimeProvider clock)
{
    public async Task<Answer> CompleteAsync(HeldRun held, AgentMemory memory, AgentResponse said, CancellationToken ct)
    {
        var task = memory.Run.Task;
        var gate = new CitationGate(memory.Seen.All, task.Question, memory.Derived);
        gate.Push(said.Text);
        gate.Complete();
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
            Call = CallOf(memory, said),
            Provider = said.Provider,
            Model = said.Model,
            PromptVersion = AgentMemory.PromptId,
            Stages = [.. memory.Steps.Where(step => step.StartedAt is not null && step.EndedAt is not null).Select(step => Stage(memory.Run, step))],
            DurationMs = (int)Math.Max(0, (clock.GetUtcNow() - memory.Run.CreatedAt).TotalMilliseconds),
        };
        await queue.CompleteAsync(held, record, answer, ct);
        var outcome = new KeyValuePair<string, object?>(RagTelemetry.Outcome, abstained ? "insufficient_context" : "answered");
        RagTelemetry.AgentRuns.Add(1, outcome);
        RagTelemetry.Answers.Add(1, outcome);
        return answer;
    }

    private static AnswerCall CallOf(AgentMemory memory, AgentResponse said)
    {
        var responses = memory.Steps.Select(step => step.Response).OfType<AgentResponse>().ToList();
        return new()
        {
            Cost = memory.Spent,
            PriceVersion = said.PriceVersion,
            TokensAreEstimated = responses.Any(response => response.TokensAreEstimated),
            Degraded = [.. responses.SelectMany(response => response.Degraded).Distinct()],
            Attempts = [.. responses.SelectMany(response => response.Attempts)],
        };
    }

    private static int? Sum(AgentMemory memory, Func<AgentResponse, int?> tokens) => memory.Steps.Select(step => step.Response).OfType<AgentResponse>().Sum(tokens);

    private static StageTiming Stage(AgentRun run, AgentStep step) => new(
        step.Call?.Tool ?? "model",
        Math.Round((step.EndedAt - step.StartedAt)!.Value.TotalMilliseconds, 2),
        Math.Round((step.StartedAt!.Value - run.CreatedAt).TotalMilliseconds, 2));
}
