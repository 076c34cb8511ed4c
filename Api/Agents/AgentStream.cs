using System.Runtime.CompilerServices;
using AiApp.Api.Answers;
using AiApp.Api.Http;
using AiApp.Contracts;
using AiApp.Rag.Agents;
using AiApp.Rag.Answering;

namespace AiApp.Api.Agents;

/// <summary>A run's progress in the words of <see cref="AgentEventNames"/>: what is new since it was looked at last.</summary>
internal static class AgentStream
{
    /// <param name="runs">The run after each change.</param>
    /// <param name="find">The answer of a completed run.</param>
    /// <param name="fail">The event of a run that has none.</param>
    /// <param name="ct">Ends the watching, not the run.</param>
    public static async IAsyncEnumerable<ServerEvent> ReadAsync(
        IAsyncEnumerable<AgentRun> runs, Func<Guid, Task<Answer?>> find, Func<AgentRun, ServerEvent> fail, [EnumeratorCancellation] CancellationToken ct)
    {
        var told = new Dictionary<int, AgentStepDto>();
        string? asked = null;
        var isFirst = true;
        await foreach (var run in runs.WithCancellation(ct))
        {
            if (isFirst)
            {
                isFirst = false;
                yield return new(AgentEventNames.Run, run.ToDto());
            }
            foreach (var step in run.Steps.Select(step => step.ToDto()).Where(step => !told.TryGetValue(step.Number, out var before) || before != step))
            {
                told[step.Number] = step;
                yield return new(AgentEventNames.Step, step);
            }
            if (run.ToApproval() is { } approval && $"{approval.Hash} {approval.Until:O}" is var which && which != asked)
            {
                asked = which;
                yield return new(AgentEventNames.ApprovalRequired, approval);
            }
            if (!run.IsOver)
            {
                continue;
            }
            if (run.State == AgentRunState.Failed)
            {
                yield return fail(run);
                yield break;
            }
            var answer = run.State == AgentRunState.Completed ? await find(run.Id) : null;
            foreach (var citation in answer?.Citations ?? [])
            {
                yield return new(AgentEventNames.Citation, citation.ToDto());
            }
            if (answer is not null)
            {
                yield return new(AgentEventNames.Delta, new AgentDeltaEvent(answer.Text));
            }
            yield return new(AgentEventNames.Done, run.ToDto(answer));
        }
    }
}
