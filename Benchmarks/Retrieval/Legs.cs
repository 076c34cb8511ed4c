using AiApp.Rag.Access;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Retrieval.Configuration;
using AiApp.Rag.Retrieval.Lexical;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Benchmarks.Retrieval;

/// <summary>The retriever and its legs as they serve, for one collection.</summary>
internal sealed class Legs(IServiceProvider services, TenantId tenant, string collection, TimeProvider clock)
{
    public const int Top = 10;

    // Itself, and not what remembers what it has found.
    private readonly HybridRetriever _retriever = services.GetRequiredService<HybridRetriever>();
    private readonly RetrievalStore _store = services.GetRequiredService<RetrievalStore>();
    private readonly LexicalLeg _lexical = services.GetRequiredService<LexicalLeg>();
    private readonly VectorLeg _vector = services.GetRequiredService<VectorLeg>();
    private readonly IEmbeddingGenerator<string, Embedding<float>> _embeddings = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

    public RetrievalConfiguration Configuration { get; } = services.GetRequiredService<RetrievalConfigurations>().Preferred;

    public int Depth => Configuration.DepthFor(Top);

    public ValueTask<EmbeddingSpace> GetSpaceAsync(CancellationToken ct) => services.GetRequiredService<EmbeddingSpaces>().GetCurrentAsync(ct);

    public Task<SearchScope> FindScopeAsync(PrincipalSet principals, CancellationToken ct) => _store.FindScopeAsync(tenant, principals, collection, ct);

    public Task<RetrievalResult> RetrieveAsync(string text, PrincipalSet principals, CancellationToken ct) =>
        _retriever.RetrieveAsync(new() { Tenant = tenant, Collection = collection, Text = text, Principals = principals, Top = Top }, ct);

    /// <summary>Every chunk for itself, in the order of fusion.</summary>
    public Task<RetrievalResult> RankAsync(string text, PrincipalSet principals, CancellationToken ct) =>
        _retriever.RetrieveAsync(new() { Tenant = tenant, Collection = collection, Text = text, Principals = principals, Top = Top, Assemble = false }, ct);

    public Task<LexicalResult> SearchLexicalAsync(SearchScope scope, string text, CancellationToken ct) => _lexical.SearchAsync(scope, SearchText.Parse(text), Depth, ct);

    /// <summary>With the embedding of the question, which the leg makes itself.</summary>
    public async Task<IReadOnlyList<LegHit>> SearchVectorAsync(SearchScope scope, string text, CancellationToken ct) =>
        (await _vector.SearchAsync(scope, text, Depth, new StageWatch(clock), ct)).Hits;

    /// <summary>Null when no term of the query occurs.</summary>
    public async Task<PreparedQuery?> PrepareAsync(SearchScope scope, BenchmarkQuery query, CancellationToken ct)
    {
        var terms = (await SearchLexicalAsync(scope, query.Text, ct)).Terms.Where(term => term.ChunkCount > 0).OrderBy(term => term.ChunkCount).ToList();
        return terms.Count == 0 ? null : new(query, (await _embeddings.GenerateVectorAsync(query.Text, cancellationToken: ct)).ToArray(), terms);
    }
}
