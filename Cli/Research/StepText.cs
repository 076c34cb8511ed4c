using System.Globalization;
using AiApp.Contracts;

namespace AiApp.Cli.Research;

/// <summary>Steps as they end, beside the answer: one line each.</summary>
internal sealed class StepText(Terminal terminal)
{
    private readonly HashSet<int> _told = [];

    public async Task WriteAsync(AgentStepDto step)
    {
        if (step.State is not (AgentStepStates.Done or AgentStepStates.Failed or AgentStepStates.Declined) || !_told.Add(step.Number))
        {
            return;
        }
        var what = step.Kind == "model" ? "think" : $"{step.Tool} {ExactText.Show(step.Arguments ?? "")}";
        var outcome = step.State == AgentStepStates.Done ? step.Summary : $"{step.State}{(step.Summary is null ? "" : $", {step.Summary}")}";
        await terminal.Error.WriteLineAsync(terminal.Dim($"{step.Number,2}  {Terminal.OneLine($"{what}{(outcome is null ? "" : $": {outcome}")}")}{Facts(step)}"));
    }

    /// <summary>" (0.4 s, $0.0011)"; empty where neither is known.</summary>
    private static string Facts(AgentStepDto step)
    {
        string?[] facts =
        [
            step is { StartedAt: { } began, EndedAt: { } ended } ? $"{Math.Max(0, (ended - began).TotalSeconds).ToString("0.0", CultureInfo.InvariantCulture)} s" : null,
            step.CostDollars > 0 ? step.CostDollars.ToString("$0.0000##", CultureInfo.InvariantCulture) : null,
        ];
        return string.Join(", ", facts.OfType<string>()) is { Length: > 0 } told ? $" ({told})" : "";
    }
}
