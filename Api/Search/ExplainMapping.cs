using AiApp.Contracts;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Retrieval.Evidence;
using AiApp.Rag.Retrieval.Explain;

namespace AiApp.Api.Search;

internal static class ExplainMapping
{
    public static ExplanationDto ToDto(this Explanation explanation) => new()
    {
        ConfigurationId = explanation.ConfigurationId,
        Terms = [.. explanation.Terms.Select(ToDto)],
        Lexical = explanation.Lexical.ToDto(),
        Vector = explanation.Vector.ToDto(),
        FusedCount = explanation.FusedCount,
        JudgedCount = explanation.JudgedCount,
        Candidates = [.. explanation.Candidates.Select(ToDto)],
        Stages = [.. explanation.Stages.Select(stage => stage.ToDto())],
        Reranking = explanation.Reranking,
        Document = explanation.Document?.ToDto(),
    };

    private static QueryTermDto ToDto(QueryTerm term) => new()
    {
        Lexeme = term.Lexeme,
        ChunkCount = term.ChunkCount,
        Idf = term.Idf,
        QueryFrequency = term.Frequency,
    };

    private static LegDto ToDto(this LegSummary leg) => new()
    {
        Weight = leg.Weight,
        Depth = leg.Depth,
        HitCount = leg.HitCount,
        BestScore = leg.BestScore,
        CutScore = leg.CutScore,
    };

    private static CandidateDto ToDto(CandidateExplanation candidate) => new()
    {
        Place = candidate.Chunk.Decisions.FirstOrDefault(decision => decision.Reason == EvidenceReason.Kept)?.Value,
        Passage = candidate.Chunk.ToDto(),
        FusedRank = candidate.FusedRank,
        FusedScore = candidate.FusedScore,
        Lexical = candidate.Lexical?.ToDto(),
        Vector = candidate.Vector?.ToDto(),
        Terms = [.. candidate.Terms.Select(ToDto)],
    };

    private static LegShareDto ToDto(this LegShare share) => new()
    {
        Rank = share.Rank,
        Score = share.Score,
        Normalised = share.Normalised,
        Weight = share.Weight,
        Share = share.Share,
    };

    private static TermContributionDto ToDto(TermContribution term) => new()
    {
        Lexeme = term.Lexeme,
        Idf = term.Idf,
        QueryFrequency = term.QueryFrequency,
        Weight = term.Weight,
        Product = term.Product,
    };

    private static DocumentFateDto ToDto(this DocumentExplanation explanation) => new()
    {
        DocumentId = explanation.Document.Id,
        Collection = explanation.Document.Collection,
        SourceUri = explanation.Document.SourceUri,
        Title = explanation.Document.Title,
        Fate = DecisionWords.Code(explanation.Fate),
        Reason = explanation.Reason,
        Findings = [.. explanation.Findings.Select(finding => new StageFindingDto
        {
            Stage = finding.Stage,
            Fate = DecisionWords.Code(finding.Fate),
            Reason = finding.Reason,
        })],
        Chunks = [.. explanation.Chunks.Select(chunk => new ChunkFindingDto
        {
            ChunkId = chunk.ChunkId,
            HeadingPath = chunk.HeadingPath,
            Fate = DecisionWords.Code(chunk.Fate),
            Reason = chunk.Reason,
        })],
        MissingWords = explanation.MissingWords,
        ChunkId = explanation.ChunkId,
        HeadingPath = explanation.HeadingPath,
    };
}
