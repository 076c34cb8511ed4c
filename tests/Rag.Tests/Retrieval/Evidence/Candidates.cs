using AiApp.Rag.Retrieval.Evidence;

namespace AiApp.Rag.Tests.Retrieval.Evidence;

/// <summary>Chunks of ten tokens as they are read, without a database.</summary>
internal static class Candidates
{
    public const int Tokens = 10;

    public static FetchedChunk Fetch(string text, int id, double score = 1, int document = 0, int ordinal = 0, int offset = 100, string? gap = null) => new()
    {
        Chunk = Passages.Of(text, number: document == 0 ? id : document, score: score, offset: offset) with { ChunkId = id },
        Ordinal = ordinal,
        TokenCount = Tokens,
        Gap = gap,
    };

    public static Candidate Of(string text, int id, double score = 1, int document = 0) => Candidate.Of(Fetch(text, id, score, document));

    public static EvidenceReason Fate(this IEnumerable<Candidate> candidates, long id) => candidates.Single(candidate => candidate.Id == id).Decisions[^1].Reason;
}
