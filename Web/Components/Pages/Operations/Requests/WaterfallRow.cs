using AiApp.Contracts;

namespace AiApp.Web.Components.Pages.Operations.Requests;

/// <summary>A bar of a waterfall; times are milliseconds after the request was taken.</summary>
public sealed record WaterfallRow
{
    public required string Name { get; init; }

    /// <summary>The class that gives its colour.</summary>
    public required string Class { get; init; }
    public required double Start { get; init; }
    public required double Duration { get; init; }

    /// <summary>Part of the row before that is none.</summary>
    public bool IsPart { get; init; }

    /// <summary>The wait before anything came.</summary>
    public double? Until { get; init; }
    public string? Outcome { get; init; }

    /// <summary>Stages with the calls of models inside of them; of a request that is in the ledger alone, its calls.</summary>
    public static IReadOnlyList<WaterfallRow> Of(RequestDetailDto detail) =>
        detail.Stages.Count > 0 || detail.Attempts.Count > 0 ? [.. Stages(detail)] : [.. Calls(detail)];

    private static IEnumerable<WaterfallRow> Stages(RequestDetailDto detail)
    {
        // Records of before beginnings were kept: one stage after the other, as near as can be told.
        var next = 0.0;
        foreach (var stage in detail.Stages.Select(stage => Placed(stage, ref next)).OrderBy(stage => stage.Start).ToList())
        {
            yield return stage with { Class = stage.Name is "write" or "repair" ? "series-2" : "series-1", Name = OperationsWords.Stage(stage.Name) };
            foreach (var attempt in Attempts(detail, stage.Start, during: stage.Name))
            {
                yield return attempt;
            }
        }
        // A question that failed has no stage of writing: its calls are all there is.
        if (!detail.Stages.Any(stage => stage.Name == "write"))
        {
            foreach (var attempt in Attempts(detail, next, during: null))
            {
                yield return attempt with { IsPart = false };
            }
        }
    }

    private static WaterfallRow Placed(StageDto stage, ref double next)
    {
        var start = stage.StartMs ?? next;
        next = Math.Max(next, start + stage.DurationMs);
        return new() { Name = stage.Name, Class = "", Start = start, Duration = stage.DurationMs };
    }

    /// <param name="during">The stage; all of them when null. A sentence is judged while the answer is written.</param>
    private static IEnumerable<WaterfallRow> Attempts(RequestDetailDto detail, double start, string? during) => detail.Attempts
        .Where(attempt => during is null || during == (attempt.Step == "repair" ? "repair" : "write"))
        .Select(attempt => new WaterfallRow
        {
            Name = attempt.Step == "judge" ? $"{attempt.Provider}/{attempt.Model}, judging" : $"{attempt.Provider}/{attempt.Model}",
            Class = attempt.Outcome is "ok" or "canceled" ? "series-4" : "series-bad",
            Start = attempt.StartMs ?? start,
            Duration = attempt.DurationMs ?? 0,
            IsPart = true,
            Until = attempt.FirstTokenMs,
            Outcome = attempt.Outcome == "ok" ? null : attempt.Outcome,
        });

    private static IEnumerable<WaterfallRow> Calls(RequestDetailDto detail) => detail.Calls.Select(call => new WaterfallRow
    {
        Name = $"{call.Provider}/{call.Model}",
        Class = call.Outcome is "ok" or "canceled" ? "series-4" : "series-bad",
        Start = (call.At - detail.Request.At).TotalMilliseconds,
        Duration = ((call.SettledAt ?? call.At) - call.At).TotalMilliseconds,
        Outcome = call.Outcome is "ok" ? null : call.Outcome ?? call.State,
    });
}
