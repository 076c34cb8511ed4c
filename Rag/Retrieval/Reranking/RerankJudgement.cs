namespace AiApp.Rag.Retrieval.Reranking;

/// <summary>What became of judging candidates once more, in a word, and the relevance of each text between 0 and 1 when it was done.</summary>
internal sealed record RerankJudgement(string Outcome, IReadOnlyList<double>? Scores)
{
    public static RerankJudgement Failed { get; } = new("failed", null);

    /// <summary>A budget cannot bear it.</summary>
    public static RerankJudgement Refused { get; } = new("refused", null);

    /// <summary>The endpoint has failed repeatedly.</summary>
    public static RerankJudgement LeftAlone { get; } = new("left_alone", null);

    public static RerankJudgement Done(IReadOnlyList<double> scores) => new("done", scores);
}
