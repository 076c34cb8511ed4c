using AiApp.Rag.Gateway;

namespace AiApp.Rag.Retrieval.Reranking;

/// <summary>The order of fusion stays.</summary>
internal sealed class NoReranker : IReranker
{
    public int Depth => 0;

    public Task<RerankJudgement> ScoreAsync(CostBearer bearer, string question, IReadOnlyList<string> texts, CancellationToken ct) =>
        throw new InvalidOperationException("Nothing is judged at a depth of 0.");
}
