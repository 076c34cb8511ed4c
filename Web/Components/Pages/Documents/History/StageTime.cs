using AiApp.Web.Answers;

namespace AiApp.Web.Components.Pages.Documents.History;

/// <summary>A stage of an attempt with its part of the attempt's time: where it begins and how wide it is, of 100.</summary>
public sealed record StageTime(string Stage, double Milliseconds, double Start, double Width)
{
    private static readonly string[] Order = ["reading", "kept", "chunking", "embedding", "publishing"];

    public string Duration => Milliseconds < 1 ? "under 1 ms" : AnswerText.Duration((int)Math.Round(Milliseconds));

    internal static IReadOnlyList<StageTime> Of(IReadOnlyDictionary<string, double>? stages)
    {
        var total = stages?.Values.Sum(Math.Abs) ?? 0;
        if (stages is null || total == 0)
        {
            return [];
        }
        var times = new List<StageTime>();
        var start = 0.0;
        foreach (var (stage, milliseconds) in stages.OrderBy(pair => Array.IndexOf(Order, pair.Key) is var place and >= 0 ? place : Order.Length))
        {
            var width = 100 * Math.Abs(milliseconds) / total;
            times.Add(new(stage, milliseconds, start, width));
            start += width;
        }
        return times;
    }
}
