using AiApp.Rag.Answering;
using AiApp.Rag.Retrieval;

namespace AiApp.Rag.Caching;

/// <summary>
/// Whether what was found now, for this caller, still carries a cached answer. A changed, deleted, forbidden or newly published document
/// shows itself here, so that nobody has to tell the cache.
/// </summary>
internal static class EvidenceCheck
{
    public static CacheDecision Check(CachedAnswer cached, RetrievalResult found)
    {
        if (DatabaseSnapshot.TryParse(cached.Snapshot) is not { } snapshot || cached.Citations.Count == 0)
        {
            return new(CacheResult.MissEvidenceChanged);
        }
        // What was published, or opened to this caller, since: the answer might be another one with it.
        if (found.Chunks.Any(passage => !snapshot.Sees(passage.ChangedIn)))
        {
            return new(CacheResult.MissEvidenceChanged);
        }
        // What matters most for this question must have been seen for the other one.
        if (found.Chunks.Count == 0 || !Chunks(found.Chunks[0]).Any(cached.ChunkIds.Contains))
        {
            return new(CacheResult.MissEvidenceDiffers);
        }
        var citations = new List<Citation>(cached.Citations.Count);
        foreach (var citation in cached.Citations)
        {
            if (Find(citation, found.Chunks) is not { } passage)
            {
                var hasOtherVersion = found.Chunks.Any(chunk => chunk.DocumentId == citation.DocumentId && chunk.VersionId != citation.VersionId);
                return new(hasOtherVersion ? CacheResult.MissEvidenceChanged : CacheResult.MissEvidenceDiffers);
            }
            citations.Add(new()
            {
                Marker = citation.Marker,
                Chunk = passage,
                Quote = citation.Quote,
                StartOffset = citation.StartOffset,
                Length = citation.Length,
                Page = passage.PageAt(citation.StartOffset),
            });
        }
        return new(CacheResult.Hit, new(cached, citations));
    }

    public static IReadOnlyList<long> Chunks(RetrievedChunk passage) => passage.PartIds.Count > 0 ? passage.PartIds : [passage.ChunkId];

    /// <summary>The passage of the same version in which the quote stands, letter by letter.</summary>
    private static RetrievedChunk? Find(CachedCitation citation, IReadOnlyList<RetrievedChunk> passages) => passages.FirstOrDefault(passage =>
        passage.VersionId == citation.VersionId && passage.DocumentId == citation.DocumentId
        && citation.StartOffset >= passage.StartOffset && citation.StartOffset + citation.Length <= passage.StartOffset + passage.Text.Length
        && citation.Length == citation.Quote.Length
        && string.CompareOrdinal(passage.Text, citation.StartOffset - passage.StartOffset, citation.Quote, 0, citation.Length) == 0);
}
