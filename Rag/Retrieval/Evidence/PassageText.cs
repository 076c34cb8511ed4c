namespace AiApp.Rag.Retrieval.Evidence;

/// <summary>Joins adjacent chunks of one version to the literal text of their span.</summary>
internal static class PassageText
{
    /// <summary>True when the two stand side by side in one section, and what lies between them is known.</summary>
    public static bool Adjoin(FetchedChunk before, FetchedChunk after) =>
        before.Chunk.VersionId == after.Chunk.VersionId
        && before.Ordinal + 1 == after.Ordinal
        && before.Chunk.HeadingPath == after.Chunk.HeadingPath
        && (after.Gap is not null || after.Chunk.StartOffset <= End(before.Chunk));

    /// <param name="parts">In the order of the text, each adjoining the next.</param>
    public static RetrievedChunk Join(IReadOnlyList<FetchedChunk> parts)
    {
        var joined = parts[0].Chunk;
        foreach (var part in parts.Skip(1))
        {
            // Chunks may overlap: what is repeated is taken once.
            var repeated = Math.Max(0, End(joined) - part.Chunk.StartOffset);
            var text = repeated < part.Chunk.Length ? joined.Text + part.Gap + part.Chunk.Text[repeated..] : joined.Text;
            joined = joined with { Text = text, Length = text.Length };
        }
        return joined;
    }

    private static int End(RetrievedChunk chunk) => chunk.StartOffset + chunk.Length;
}
