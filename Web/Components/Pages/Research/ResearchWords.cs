using System.Globalization;
using System.Text.Json;
using AiApp.Contracts;
using AiApp.Web.Answers;

namespace AiApp.Web.Components.Pages.Research;

/// <summary>Steps of a run as people read them.</summary>
internal static class ResearchWords
{
    public static string State(string state) => state switch
    {
        AgentStates.Running => "Working",
        AgentStates.WaitingApproval => "Waiting for your decision",
        AgentStates.Completed => "Finished",
        AgentStates.Failed => "Failed",
        AgentStates.Stopped => "Stopped",
        _ => state.Replace('_', ' '),
    };

    /// <summary>What the step does, and what for.</summary>
    /// <param name="writesAnswer">A model wants nothing more: known when the run is over.</param>
    public static string Step(AgentStepDto step, bool writesAnswer = false) => step switch
    {
        { Kind: "model" } => writesAnswer ? "Write the answer" : "Decide what to do next",
        { Tool: "search" } => $"Search{Quoted(step, "query")}",
        { Tool: "open_document" } => "Read on in a document",
        { Tool: "calculate" } => $"Work out{Quoted(step, "expression")}",
        { Tool: "list_collections" } => "Look which collections there are",
        { Tool: "current_date" } => "Look at the calendar",
        _ => $"Call {step.Tool}",
    };

    /// <summary>A tool of a server outside: whoever looks wants to see what it is called with.</summary>
    public static bool IsOutside(AgentStepDto step) =>
        step is { Kind: "tool", Tool: not (null or "search" or "open_document" or "calculate" or "list_collections" or "current_date") };

    /// <summary>What came of it; null where the step itself says it.</summary>
    public static string? Outcome(AgentStepDto step) => step.State switch
    {
        AgentStepStates.Planned => "planned",
        AgentStepStates.WaitingApproval => "waits for your decision",
        AgentStepStates.Approved => "approved",
        AgentStepStates.Declined => step.Summary is { } why ? $"not made: {why}" : "not made: declined",
        AgentStepStates.Failed => step.Summary is { } why ? $"failed: {why}" : "failed",
        _ => step.Summary,
    };

    /// <summary>What must be known before a run that is over is begun again; null where every call has an end.</summary>
    public static string? Unknown(ResearchRun told) =>
        told.Steps.Where(step => step is { MayHaveHappened: true, State: not AgentStepStates.Done }).Select(step => step.Tool).Distinct().ToList() is { Count: > 0 } tools
            ? $"Nobody knows whether the call of {string.Join(" and ", tools)} was made. Look there first: researched again, it may be made once more."
            : null;

    public static string? Took(AgentStepDto step, TimeProvider clock) => step.StartedAt is not { } began ? null
        : AnswerText.Duration((int)Math.Clamp(((step.EndedAt ?? (step.State == AgentStepStates.Running ? clock.GetUtcNow() : began)) - began).TotalMilliseconds, 0, int.MaxValue));

    /// <summary>"3 steps of at most 24 · $0.0031 of at most $1.00".</summary>
    public static string Spent(ResearchRun told) =>
        $"{AnswerText.Count(told.Steps.Count, "step")}{(told.Run?.Limits.Steps is { } most ? $" of at most {most}" : "")} · "
        + $"{(told.CostDollars == 0 ? "$0" : AnswerText.Dollars(told.CostDollars))}{(told.Run?.Limits.CostDollars is { } limit ? $" of at most {AnswerText.Dollars(limit)}" : "")}";

    public static string Cost(AgentRunDto run) => run.CostDollars == 0 ? "$0" : AnswerText.Dollars(run.CostDollars);

    public static string Until(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM, HH:mm", CultureInfo.InvariantCulture);

    private static string Quoted(AgentStepDto step, string name)
    {
        try
        {
            using var arguments = JsonDocument.Parse(step.Arguments ?? "");
            return arguments.RootElement.ValueKind == JsonValueKind.Object && arguments.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? $": {value.GetString()}"
                : "";
        }
        catch (JsonException)
        {
            return ""; // whatever the model wrote in its place
        }
    }
}
