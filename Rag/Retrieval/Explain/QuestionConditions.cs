namespace AiApp.Rag.Retrieval.Explain;

/// <summary>What each phrase and each exclusion of a question does to the chunks of one document.</summary>
internal sealed class QuestionConditions(SearchText question, IReadOnlyList<IReadOnlySet<long>> withPhrase, IReadOnlyList<IReadOnlySet<long>> withExclusion)
{
    /// <summary>True for a chunk that has every phrase and no excluded word.</summary>
    public bool Admit(long chunkId) => withPhrase.All(chunks => chunks.Contains(chunkId)) && !withExclusion.Any(chunks => chunks.Contains(chunkId));

    /// <summary>Why none of the chunks is admitted. Exclusions decide when a chunk has every phrase.</summary>
    public StageFinding Refuse(IEnumerable<long> chunkIds)
    {
        var ids = chunkIds.ToList();
        var whole = ids.FindAll(id => withPhrase.All(chunks => chunks.Contains(id)));
        if (whole.Count > 0)
        {
            var met = question.Exclusions.Where((_, i) => whole.Exists(withExclusion[i].Contains));
            return new("question", DocumentFate.Excluded, $"It is excluded by {string.Join(", ", met.Select(word => word.Contains(' ') ? $"-\"{word}\"" : $"-{word}"))}.");
        }
        var missing = question.Phrases.Where((_, i) => !ids.Exists(withPhrase[i].Contains)).ToList();
        return new("question", DocumentFate.LacksPhrase, missing.Count > 0
            ? $"It lacks {string.Join(", ", missing.Select(phrase => $"\"{phrase}\""))}."
            : "No chunk of it has all the phrases.");
    }
}
