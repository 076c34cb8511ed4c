using System.Globalization;
using AiApp.Contracts;
using AiApp.Web.Answers;

namespace AiApp.Web.Components.Pages.Operations.Requests;

/// <summary>What lies between an answer and the same question answered again, as people read it.</summary>
internal static class ReplayWords
{
    public static string Headline(ReplayDto replay) => replay switch
    {
        { SameText: true } => "The same words again.",
        { SameOutcome: true } => "Other words.",
        { Replay.Outcome: AnswerOutcomes.Answered } => "Answered now, and not then.",
        _ => "Answered then, and not now.",
    };

    /// <summary>"40 ms less, $0.0012 more, 12 tokens more in": what is the same is left out.</summary>
    public static string More(ReplayDto replay)
    {
        string?[] parts =
        [
            Signed(replay.DurationMsMore, OperationsWords.Time(Math.Abs(replay.DurationMsMore))),
            Signed((double)replay.CostDollarsMore, OperationsWords.Dollars(Math.Abs(replay.CostDollarsMore))),
            Tokens(replay.InputTokensMore, "in"),
            Tokens(replay.OutputTokensMore, "out"),
        ];
        var told = string.Join(", ", parts.OfType<string>());
        return told.Length == 0 ? "" : char.ToUpperInvariant(told[0]) + told[1..] + ".";
    }

    public static IEnumerable<string> Facts(ReplayDto replay)
    {
        yield return $"Citations: {replay.KeptCitations.Count} kept, {replay.GoneCitations.Count} gone, {replay.NewCitations.Count} new.";
        if ((replay.Original.Provider, replay.Original.Model) != (replay.Replay.Provider, replay.Replay.Model))
        {
            yield return $"Written by {replay.Original.Provider}/{replay.Original.Model} then, by {replay.Replay.Provider}/{replay.Replay.Model} now.";
        }
        foreach (var document in replay.ChangedDocuments)
        {
            yield return $"{document.SourceUri} has changed: version {document.RecordedVersion} then, {document.CurrentVersion} now.";
        }
        if (replay.Missing.Count > 0)
        {
            yield return $"No longer there, so that today's stood in: {string.Join(", ", replay.Missing.Select(Missing))}.";
        }
        if (AnswerText.LeftOut(replay.Replay) is { } leftOut)
        {
            yield return leftOut;
        }
    }

    private static string Missing(string what) => what switch
    {
        ReplayMissing.PromptVersion => "the version of the prompt",
        ReplayMissing.Model => "the model",
        ReplayMissing.QueryTerms => "the terms of the question",
        ReplayMissing.Collection => "the collection",
        _ => what.Replace('_', ' '),
    };

    private static string? Tokens(int? more, string which) =>
        more is { } count ? Signed(count, $"{Math.Abs(count).ToString("#,0", CultureInfo.InvariantCulture)} tokens {which}") : null;

    private static string? Signed(double more, string much) => more switch { 0 => null, > 0 => $"{much} more", _ => $"{much} less" };
}
