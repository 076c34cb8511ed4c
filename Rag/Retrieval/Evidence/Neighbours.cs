namespace AiApp.Rag.Retrieval.Evidence;

/// <summary>What is left of the tokens goes to the best passages: the chunk before and after each, from its own section.</summary>
internal static class Neighbours
{
    /// <param name="read">Chunks that were read as neighbours, in any order.</param>
    /// <param name="strong">How many passages, from the best, may grow.</param>
    public static List<Candidate> Grow(
        IReadOnlyList<Candidate> candidates, IReadOnlyCollection<FetchedChunk> read, int strong, int budget, int longest)
    {
        var result = candidates.ToList();
        var left = budget - result.Where(candidate => !candidate.IsOut).Sum(candidate => candidate.TokenCount);
        var taken = result.Where(candidate => !candidate.IsOut).SelectMany(candidate => candidate.Parts).Select(part => part.Chunk.ChunkId).ToHashSet();
        for (var i = 0; i < result.Count && strong > 0; i++)
        {
            if (result[i].IsOut)
            {
                continue;
            }
            strong--;
            foreach (var neighbour in Beside(result[i], read))
            {
                if (neighbour.TokenCount <= left && result[i].TokenCount + neighbour.TokenCount <= longest && taken.Add(neighbour.Chunk.ChunkId))
                {
                    left -= neighbour.TokenCount;
                    result[i] = result[i].Join([neighbour]).With(new(EvidenceReason.Extended) { ChunkId = neighbour.Chunk.ChunkId });
                }
            }
        }
        return result;
    }

    // What follows first: an explanation follows what it explains more often than it precedes it.
    private static IEnumerable<FetchedChunk> Beside(Candidate passage, IReadOnlyCollection<FetchedChunk> read) =>
    [
        .. read.Where(chunk => PassageText.Adjoin(passage.Parts[^1], chunk)),
        .. read.Where(chunk => PassageText.Adjoin(chunk, passage.Parts[0])),
    ];
}
