namespace AiApp.Rag.Retrieval.Reranking;

/// <summary>The order of fusion stays.</summary>
internal sealed class NoReranker : IReranker
{
    public int Depth => 0;

    public Task<IReadOnlyList<double>?> ScoreAsync(string question, IReadOnlyList<string> texts, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<double>?>(null);
}
