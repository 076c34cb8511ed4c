using AiApp.Contracts;
using AiApp.Web.Answers;

namespace AiApp.Web.Components.Pages.Research;

internal static class Researching
{
    /// <summary>The run that was begun, or what is in the way of it, in words.</summary>
    /// <exception cref="OperationCanceledException">Whoever asked has gone; a run that was begun goes on.</exception>
    public static async Task<(Guid? Run, string? InTheWay)> BeginAsync(AiAppClient api, string question, CancellationToken ct)
    {
        try
        {
            await foreach (var one in api.RunAgentStreamingAsync(new() { Question = question }, ct))
            {
                if (one is AgentRunEvent { Run.Id: var run })
                {
                    // It goes on when nobody listens; its page listens again.
                    return (run, null);
                }
            }
            return (null, Words(Problems.Interrupted()));
        }
        catch (Exception exception) when (!Problems.IsEndOf(exception, ct) && Problems.From(exception) is { } problem)
        {
            return (null, Words(problem));
        }
    }

    private static string Words(ProblemDto problem) => $"{Problems.Sentence(problem)} {Problems.WhatToDo(problem)}";
}
