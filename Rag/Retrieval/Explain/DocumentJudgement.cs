using System.Globalization;
using AiApp.Rag.Documents;
using AiApp.Rag.Retrieval.Evidence;

namespace AiApp.Rag.Retrieval.Explain;

/// <summary>Which stage dropped a document, told from the trace of the retrieval and the exact scores of its chunks.</summary>
internal sealed class DocumentJudgement(RetrievalTrace trace, IReadOnlyList<DocumentChunk> chunks)
{
    private readonly HashSet<long> _ids = [.. chunks.Select(chunk => chunk.Id)];

    /// <param name="lexicalPlace">The exact place of its best chunk in the lexical leg, were the leg that deep.</param>
    public DocumentExplanation Judge(Document document, long? lexicalPlace)
    {
        List<StageFinding> findings = [JudgeLexical(lexicalPlace), JudgeVector()];
        var fused = trace.Fused.Index().Where(hit => _ids.Contains(hit.Item.ChunkId)).ToList();
        var farthest = fused.Count == 0 ? Nearest() : fused[0].Item.ChunkId;
        if (fused.Count > 0)
        {
            findings.Add(JudgeFusion(fused[0].Index + 1, fused[0].Item.Score));
            if (fused[0].Index < trace.Depth)
            {
                var candidate = Farthest();
                farthest = candidate?.Id ?? farthest;
                findings.Add(candidate is null
                    ? new("evidence", DocumentFate.Replaced, "It was replaced while the question was being answered.")
                    : CandidateFate.Of(candidate, trace.Candidates));
            }
        }
        var decisive = fused.Count > 0 ? findings[^1] : findings[0];
        return new()
        {
            Document = document,
            Fate = decisive.Fate,
            Reason = fused.Count > 0 ? decisive.Reason : string.Join(' ', findings.Select(finding => finding.Reason)),
            Findings = findings,
            Chunks = [.. Candidates.Select(ToFinding)],
            MissingWords = MissingWords,
            ChunkId = farthest,
            HeadingPath = chunks.FirstOrDefault(chunk => chunk.Id == farthest)?.HeadingPath,
        };
    }

    /// <summary>The best lexical score of its chunks; null when none holds a word of the question.</summary>
    public double? LexicalScore => chunks.Max(chunk => chunk.LexicalScore) is var score and > 0 ? score : null;

    private List<string> MissingWords =>
        [.. trace.Lexical.Terms.Select(term => term.Lexeme).Except(chunks.SelectMany(chunk => chunk.Terms).Select(term => term.Lexeme)).Order(StringComparer.Ordinal)];

    private StageFinding JudgeLexical(long? place)
    {
        var hits = trace.Lexical.Hits;
        if (hits.Index().FirstOrDefault(hit => _ids.Contains(hit.Item.ChunkId)) is { Item: { } hit } found)
        {
            return new("lexical", DocumentFate.Found, $"Its best chunk is in place {found.Index + 1} of the lexical leg, with {Number(hit.Score)}.");
        }
        return LexicalScore is not { } score
            ? new("lexical", DocumentFate.NoCommonWord, trace.Lexical.Terms.Count == 0
                ? "The question has no word to search for."
                : $"It has none of the question's words ({string.Join(", ", MissingWords)}).")
            : new("lexical", DocumentFate.BelowLexicalDepth,
                $"Its best chunk scores {Number(score)}, place {place?.ToString("N0", CultureInfo.InvariantCulture)} in the lexical leg; the leg ends in place {hits.Count} with {Number(hits.Count > 0 ? hits[^1].Score : 0)}.");
    }

    private StageFinding JudgeVector()
    {
        var hits = trace.Vector?.Hits ?? [];
        if (hits.Index().FirstOrDefault(hit => _ids.Contains(hit.Item.ChunkId)) is { Item: { } hit } found)
        {
            return new("vector", DocumentFate.Found, $"Its nearest chunk is in place {found.Index + 1} of the vector leg, with {Number(hit.Score)}.");
        }
        var similarity = chunks.Max(chunk => chunk.Similarity);
        var cut = hits.Count > 0 ? hits[^1].Score : 0;
        return similarity is null ? new("vector", DocumentFate.NoEmbedding, "It has no embedding of the model that was searched by.")
            : similarity > cut ? new("vector", DocumentFate.MissedByVectorIndex,
                $"Its nearest chunk has a similarity of {Number(similarity.Value)}, more than the last place ({Number(cut)}): the approximate index did not visit it.")
            : new("vector", DocumentFate.BelowVectorDepth,
                $"Its nearest chunk has a similarity of {Number(similarity.Value)}; the vector leg ends in place {hits.Count} with {Number(cut)}.");
    }

    private StageFinding JudgeFusion(int rank, double score) => rank <= trace.Depth
        ? new("fusion", DocumentFate.Found, $"Both legs together put it in place {rank}, with {Number(score)}.")
        : new("fusion", DocumentFate.BelowFusedDepth, $"Both legs together put it in place {rank}, with {Number(score)}; the first {trace.Depth} are looked at.");

    private IEnumerable<Candidate> Candidates => trace.Candidates.Where(candidate => _ids.Contains(candidate.Id)).OrderByDescending(candidate => candidate.Score);

    private ChunkFinding ToFinding(Candidate candidate)
    {
        var finding = CandidateFate.Of(candidate, trace.Candidates);
        return new(candidate.Id, candidate.Fetched.Chunk.HeadingPath, finding.Fate, finding.Reason);
    }

    /// <summary>Of the candidates that are its chunks, the one with the best fate.</summary>
    private Candidate? Farthest() => Candidates
        .OrderBy(candidate => !candidate.IsOut ? 0 : candidate.Decisions[^1].Reason == EvidenceReason.MergedInto ? 1 : 2)
        .FirstOrDefault();

    private long Nearest() => chunks.OrderByDescending(chunk => chunk.LexicalScore).ThenByDescending(chunk => chunk.Similarity).First().Id;

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
