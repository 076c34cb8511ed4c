using AiApp.Rag.Answering;
using AiApp.Rag.Answering.Grounding;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Telemetry;

namespace AiApp.Rag.Agents;

/// <summary>The answer of a run: held against the passages that it has seen, as every answer is, and recorded as one.</summary>
internal sealed class AgentAnswers(AgentQueue queue, AnswerJudge judge, AnswerRepair repair, TimeProvider clock)
{
    // With less of its time left the rules alone have to do.
    private static readonly TimeSpan LeastForChecks = TimeSpan.FromSeconds(1);

    /// <param name="held">The run, as this process has it.</param>
    /// <param name="memory">What it has done.</param>
    /// <param name="said">What the model said in the end.</param>
    /// <param name="left">Of the run's time.</param>
    /// <param name="ct">Of the process.</param>
    public async Task<Answer> CompleteAsync(HeldRun held, AgentMemory memory, AgentResponse said, TimeSpan left, CancellationToken ct)
    {
        var task = memory.Run.Task;
        var gate = new CitationGate(memory.Seen.All, task.Question, memory.Derived);
        var record = new AnswerRun(
            new()
            {
                AnswerId = memory.Run.Id,
                Tenant = task.Tenant,
                Text = task.Question,
                Collection = task.Collection,
                AskedBy = task.AskedBy,
                ApiKey = task.ApiKey,
                Principals = task.Principals,
            },
            clock)
        { Limits = new(left, task.Limits.Cost - memory.Spent) };
        await CheckAsync(record, gate, memory, said.Text, hasTime: left >= LeastForChecks, ct);
        var abstained = gate.Citations.Count == 0;
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
            Call = CallOf(memory, said, record),
            Provider = said.Provider,
            Model = said.Model,
            PromptVersion = AgentMemory.PromptId,
            Stages = [.. memory.Steps.Where(step => step.StartedAt is not null && step.EndedAt is not null).Select(step => Stage(memory.Run, step))],
            DurationMs = (int)Math.Max(0, (clock.GetUtcNow() - memory.Run.CreatedAt).TotalMilliseconds),
        };
        await queue.CompleteAsync(held, record, answer, record.ChecksCost, ct);
        var outcome = new KeyValuePair<string, object?>(RagTelemetry.Outcome, abstained ? "insufficient_context" : "answered");
        RagTelemetry.AgentRuns.Add(1, outcome);
        RagTelemetry.Answers.Add(1, outcome);
        return answer;
    }

    /// <summary>
    /// By the rules, by a judge where there is one, and what was left out is offered to a model once more. A process that ends in it leaves the
    /// answer to the next.
    /// </summary>
    private async Task CheckAsync(AnswerRun record, CitationGate gate, AgentMemory memory, string said, bool hasTime, CancellationToken ct)
    {
        var writer = new SentenceWriter(gate, hasTime ? judge.For(record) : null);
        await writer.PushAsync(said, ct);
        await writer.CompleteAsync(ct);
        if (hasTime && repair.IsWanted(gate, pinned: null))
        {
            var grounding = new GroundingContext { Question = memory.Run.Task.Question, Passages = memory.Seen.All, Terms = [] };
            await repair.MendAsync(record, gate, grounding, writer, ct);
        }
    }

    private static AnswerCall CallOf(AgentMemory memory, AgentResponse said, AnswerRun record)
    {
        var responses = memory.Steps.Select(step => step.Response).OfType<AgentResponse>().ToList();
        return new()
        {
            Cost = memory.Spent + record.ChecksCost,
            PriceVersion = said.PriceVersion,
            TokensAreEstimated = responses.Any(response => response.TokensAreEstimated),
            Degraded = [.. responses.SelectMany(response => response.Degraded).Distinct()],
            Attempts = [.. responses.SelectMany(response => response.Attempts), .. record.CheckAttempts],
        };
    }

    private static int? Sum(AgentMemory memory, Func<AgentResponse, int?> tokens) => memory.Steps.Select(step => step.Response).OfType<AgentResponse>().Sum(tokens);

    private static StageTiming Stage(AgentRun run, AgentStep step) => new(
        step.Call?.Tool ?? "model",
        Math.Round((step.EndedAt - step.StartedAt)!.Value.TotalMilliseconds, 2),
        Math.Round((step.StartedAt!.Value - run.CreatedAt).TotalMilliseconds, 2));
}
