using AiApp.Rag.Access;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Retrieval.Lexical;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Evals.Retrieval;

/// <summary>A ranking as the product serves it, and how long each stage took in milliseconds.</summary>
internal sealed record ServedQuery(LabelledQuery Query, IReadOnlyList<string> Ranking, double DurationMs, IReadOnlyList<StageTiming> Stages);

/// <summary>Asks an ingested set's queries.</summary>
internal sealed class SetRun(IServiceProvider services, SetStore store, TenantId tenant, int workers, TimeProvider clock)
{
    // The most that the Api serves.
    private const int ServedTop = 50;

    /// <summary>Both legs alone, once for each query.</summary>
    public async Task<SetLegs> AskLegsAsync(LabelledSet set, CancellationToken ct)
    {
        var scope = await services.GetRequiredService<RetrievalStore>().FindScopeAsync(tenant, PrincipalSet.Everyone, set.Collection, ct);
        var lexicalLeg = services.GetRequiredService<LexicalLeg>();
        var vectorLeg = services.GetRequiredService<VectorLeg>();
        var answers = new QueryLegs[set.Queries.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = ct };
        await Parallel.ForAsync(0, answers.Length, options, async (i, token) =>
        {
            var query = set.Queries[i];
            var lexical = await lexicalLeg.SearchAsync(scope, SearchText.Plain(query.Text), SetLegs.Depth, token);
            var vector = await vectorLeg.SearchAsync(scope, query.Text, SetLegs.Depth, new StageWatch(clock), token);
            answers[i] = new(query, lexical.Hits, vector.Hits);
        });
        var idOf = IdsByUri(set);
        var chunks = await store.ListChunksAsync(set.Collection, ct);
        return new(set, answers, chunks.Where(chunk => idOf.ContainsKey(chunk.Value)).ToDictionary(chunk => chunk.Key, chunk => idOf[chunk.Value]));
    }

    /// <summary>The whole retriever with the options it serves with, one query after the other.</summary>
    public async Task<List<ServedQuery>> AskAsync(LabelledSet set, CancellationToken ct)
    {
        var retriever = services.GetRequiredService<HybridRetriever>();
        var idOf = IdsByUri(set);
        var served = new List<ServedQuery>();
        foreach (var query in set.Queries)
        {
            var start = clock.GetTimestamp();
            var result = await retriever.RetrieveAsync(new() { Tenant = tenant, Collection = set.Collection, Text = query.Text, Operators = false, Top = ServedTop }, ct);
            var duration = clock.GetElapsedTime(start).TotalMilliseconds;
            // A document that says the same stands right behind the one that was kept.
            var uris = result.Chunks.SelectMany(chunk => chunk.AlsoIn.Select(other => other.SourceUri).Prepend(chunk.SourceUri));
            served.Add(new(query, [.. uris.Select(uri => idOf[uri]).Distinct(StringComparer.Ordinal)], duration, result.Stages));
        }
        return served;
    }

    private static Dictionary<string, string> IdsByUri(LabelledSet set) =>
        set.Documents.DistinctBy(document => SetIngestion.UriOf(document.Id))
            .ToDictionary(document => SetIngestion.UriOf(document.Id), document => set.Collapse(document.Id), StringComparer.Ordinal);
}
