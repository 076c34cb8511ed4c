namespace AiApp.Rag.Retrieval.Evidence;

/// <summary>Takes candidates in their order: each becomes a passage, a part of the passage beside it, or is out.</summary>
internal static class PassageSelection
{
    /// <param name="top">Passages at most.</param>
    /// <param name="budget">Tokens of all passages together. The first passage is taken whatever its length.</param>
    /// <param name="longest">Tokens of one passage that chunks may be merged up to.</param>
    public static List<Candidate> Select(IReadOnlyList<Candidate> candidates, int top, int budget, int longest)
    {
        var result = candidates.ToList();
        var chosen = new List<int>();
        var left = budget;
        for (var i = 0; i < result.Count; i++)
        {
            var candidate = result[i];
            if (candidate.IsOut)
            {
                continue;
            }
            var fits = candidate.TokenCount <= left || chosen.Count == 0;
            var beside = chosen.FindIndex(other => Adjoins(result[other], candidate) && result[other].TokenCount + candidate.TokenCount <= longest);
            if (fits && beside >= 0)
            {
                var host = result[chosen[beside]];
                result[chosen[beside]] = host.Join(candidate.Parts);
                result[i] = candidate.With(new(EvidenceReason.MergedInto) { ChunkId = host.Id });
            }
            else if (chosen.Count == top)
            {
                result[i] = candidate.With(new(EvidenceReason.BelowTop) { Value = top + 1 + result.Take(i).Count(IsBelowTop), Limit = top });
                continue;
            }
            else if (!fits)
            {
                result[i] = candidate.With(new(EvidenceReason.OverBudget) { Value = candidate.TokenCount, Limit = left });
                continue;
            }
            else
            {
                chosen.Add(i);
                result[i] = candidate.With(new(EvidenceReason.Kept) { Value = chosen.Count, Limit = top });
            }
            left -= candidate.TokenCount;
        }
        return result;
    }

    private static bool Adjoins(Candidate passage, Candidate candidate) =>
        PassageText.Adjoin(passage.Parts[^1], candidate.Parts[0]) || PassageText.Adjoin(candidate.Parts[^1], passage.Parts[0]);

    private static bool IsBelowTop(Candidate candidate) => candidate.Decisions is [.., { Reason: EvidenceReason.BelowTop }];
}
