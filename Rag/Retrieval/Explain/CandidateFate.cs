using AiApp.Rag.Retrieval.Evidence;

namespace AiApp.Rag.Retrieval.Explain;

/// <summary>Reads from a candidate's decisions why it is shown or not.</summary>
internal static class CandidateFate
{
    public static StageFinding Of(Candidate candidate, IReadOnlyList<Candidate> all)
    {
        var last = candidate.Decisions.LastOrDefault(decision => decision.Reason != EvidenceReason.Extended);
        return last?.Reason switch
        {
            EvidenceReason.Kept => Evidence(DocumentFate.Found, $"It is passage {last.Value}."),
            EvidenceReason.MergedInto => Evidence(DocumentFate.MergedIntoPassage, $"It became a part of passage {Place(last, all)}, which stands beside it."),
            EvidenceReason.DuplicateOf => Evidence(DocumentFate.DuplicateOfPassage, Duplicate(last, all)),
            EvidenceReason.OverBudget => Evidence(DocumentFate.OverTokenBudget, $"It has about {last.Value} tokens, and {last.Limit} were left."),
            EvidenceReason.BelowTop => BelowTop(candidate, last, all),
            _ => Evidence(DocumentFate.Replaced, "It was replaced while the question was being answered."),
        };
    }

    private static StageFinding BelowTop(Candidate candidate, EvidenceDecision last, IReadOnlyList<Candidate> all)
    {
        var worst = all.Where(other => !other.IsOut).Select(other => other.Score).DefaultIfEmpty(0).Min();
        var place = $"it came to place {last.Value}; {last.Limit} are shown.";
        // Its lost share decided when without it the candidate would have stood above the last passage.
        bool Decided(EvidenceDecision decision) => decision.Factor is { } factor && candidate.Score / factor > worst;
        if (candidate.Decisions.FirstOrDefault(decision => decision.Reason == EvidenceReason.Outdated) is { } outdated && Decided(outdated))
        {
            var chunk = candidate.Fetched.Chunk;
            var period = $"{(chunk.ValidFrom is { } from ? $" from {from:yyyy-MM-dd}" : "")}{(chunk.ValidUntil is { } until ? $" until {until:yyyy-MM-dd}" : "")}";
            return Evidence(DocumentFate.Outdated, $"It is valid{period}, which is not the time in question: its score counted {outdated.Factor:0.##} of itself, and {place}");
        }
        if (candidate.Decisions.FirstOrDefault(decision => decision.Reason == EvidenceReason.RepeatedDocument) is { } repeated && Decided(repeated))
        {
            return Evidence(DocumentFate.CrowdedOut, $"{repeated.Value - 1} better chunks of this document stand above it: its score counted {repeated.Factor:0.##} of itself, and {place}");
        }
        return Evidence(DocumentFate.BelowTop, char.ToUpperInvariant(place[0]) + place[1..]);
    }

    private static string Duplicate(EvidenceDecision decision, IReadOnlyList<Candidate> all) =>
        all.FirstOrDefault(other => other.Id == decision.ChunkId) is { } better
            ? $"'{better.Fetched.Chunk.SourceUri}' says the same and stands higher."
            : "A better candidate says the same.";

    private static int? Place(EvidenceDecision decision, IReadOnlyList<Candidate> all) =>
        all.FirstOrDefault(other => other.Id == decision.ChunkId)?.Decisions.FirstOrDefault(other => other.Reason == EvidenceReason.Kept)?.Value;

    private static StageFinding Evidence(DocumentFate fate, string reason) => new("evidence", fate, reason);
}
