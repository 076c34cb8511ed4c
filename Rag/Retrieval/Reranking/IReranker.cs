using AiApp.Rag.Gateway;

namespace AiApp.Rag.Retrieval.Reranking;

/// <summary>Judges candidates once more, each text beside the question. None and an endpoint are the implementations.</summary>
internal interface IReranker
{
    /// <summary>How many candidates it wants to judge, from the best; 0 when it judges none.</summary>
    int Depth { get; }

    /// <summary>No question fails by it: where it cannot tell now, the order stays as it is.</summary>
    Task<RerankJudgement> ScoreAsync(CostBearer bearer, string question, IReadOnlyList<string> texts, CancellationToken ct);
}
