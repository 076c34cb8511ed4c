using System.Globalization;
using System.Text.Json;
using AiApp.Contracts;
using AiApp.Rag.Retrieval.Evidence;

namespace AiApp.Api.Search;

/// <summary>Decisions of evidence assembly for people, and the codes they have on the wire.</summary>
internal static class DecisionWords
{
    public static DecisionDto ToDto(this EvidenceDecision decision) => new()
    {
        Reason = Code(decision.Reason),
        Text = Text(decision),
        Factor = decision.Factor,
        Score = decision.Score,
        ChunkId = decision.ChunkId,
    };

    public static string Code<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static string Text(EvidenceDecision decision) => decision.Reason switch
    {
        EvidenceReason.Outdated => $"Not valid at the time in question: counts {Number(decision.Factor)} of its score.",
        EvidenceReason.Reranked => $"Scored {Number(decision.Score)} by the reranker.",
        EvidenceReason.DuplicateOf => "A better candidate says the same.",
        EvidenceReason.RepeatedDocument => $"Chunk {decision.Value} of its document: counts {Number(decision.Factor)} of its score.",
        EvidenceReason.MergedInto => "Stands beside a better candidate and became a part of that passage.",
        EvidenceReason.BelowTop => $"Came to place {decision.Value}; {decision.Limit} are shown.",
        EvidenceReason.OverBudget => $"Has about {decision.Value} tokens; {decision.Limit} were left.",
        EvidenceReason.Kept => $"Became passage {decision.Value}.",
        EvidenceReason.Extended => "Took in the chunk beside it.",
    };

    private static string? Number(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture);
}
