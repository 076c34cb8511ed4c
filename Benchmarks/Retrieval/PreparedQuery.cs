using AiApp.Rag.Retrieval;
using Pgvector;

namespace AiApp.Benchmarks.Retrieval;

/// <summary>A query with what the raw statements need of it.</summary>
/// <param name="Terms">The query's terms that occur in the corpus, rarest first.</param>
internal sealed record PreparedQuery(BenchmarkQuery Query, float[] Embedding, IReadOnlyList<QueryTerm> Terms)
{
    public HalfVector HalfEmbedding { get; } = new(Array.ConvertAll(Embedding, value => (Half)value));

    public string RarestTerm { get; } = Quote(Terms[0]);

    public string AnyTerm { get; } = string.Join(" | ", Terms.Select(Quote));

    private static string Quote(QueryTerm term) =>
        "'" + term.Lexeme.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal) + "'";
}
