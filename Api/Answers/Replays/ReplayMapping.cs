using AiApp.Api.OpenApi;
using AiApp.Contracts;
using AiApp.Rag.Answering.Replays;

namespace AiApp.Api.Answers.Replays;

internal static class ReplayMapping
{
    public static ReplayDto Example { get; } = new()
    {
        Original = Examples.Answer,
        Replay = Examples.Answer with { Id = new("0198c0de-7a11-7000-8000-00000000000b"), DurationMs = 15 },
        Evidence = ReplayEvidences.Recorded,
        SameText = true,
        SameOutcome = true,
        KeptCitations = Examples.Answer.Citations,
        GoneCitations = [],
        NewCitations = [],
        InputTokensMore = 0,
        OutputTokensMore = 0,
        CostDollarsMore = 0,
        DurationMsMore = -2,
        Missing = [],
        ChangedDocuments = [new() { DocumentId = Examples.Passage.DocumentId, SourceUri = Examples.Passage.SourceUri, RecordedVersion = 2, CurrentVersion = 3 }],
    };

    public static ReplayDto ToDto(this AnswerReplay replay, string evidence)
    {
        var (before, after) = (replay.Original.ToDto(), replay.Replay.ToDto());
        var citations = CitationChanges.Between(replay.Original, replay.Replay);
        return new()
        {
            Original = before,
            Replay = after,
            Evidence = evidence,
            SameText = before.Text == after.Text,
            SameOutcome = before.Outcome == after.Outcome,
            KeptCitations = [.. citations.Kept.Select(citation => citation.ToDto())],
            GoneCitations = [.. citations.Gone.Select(citation => citation.ToDto())],
            NewCitations = [.. citations.New.Select(citation => citation.ToDto())],
            InputTokensMore = after.Usage.InputTokens - before.Usage.InputTokens,
            OutputTokensMore = after.Usage.OutputTokens - before.Usage.OutputTokens,
            CostDollarsMore = after.Usage.CostDollars - before.Usage.CostDollars,
            DurationMsMore = after.DurationMs - before.DurationMs,
            Missing = replay.Missing,
            ChangedDocuments =
            [
                .. replay.Changed.Select(document => new ChangedDocumentDto
                {
                    DocumentId = document.DocumentId,
                    SourceUri = document.SourceUri,
                    RecordedVersion = document.RecordedVersion,
                    CurrentVersion = document.CurrentVersion,
                }),
            ],
        };
    }
}
