namespace AiApp.Rag.Retrieval.Reranking;

/// <summary>Judges candidates once more, each text beside the question. None and an endpoint are the implementations.</summary>
internal interface IReranker
{
    /// <summary>How many candidates it wants to judge, from the best; 0 when it judges none.</summary>
    int Depth { get; }

    /// <summary>
    /// A relevance between 0 and 1 for each text, in their order; null when it cannot tell now, which leaves the order as it is.
    /// </summary>
    Task<IReadOnlyList<double>?> ScoreAsync(string question, IReadOnlyList<string> texts, CancellationToken ct);
}
