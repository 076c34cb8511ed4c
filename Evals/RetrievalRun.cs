using System.Net;
using System.Text;
using AiApp.Evals.Metrics;
using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Jobs;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Evals;

/// <summary>A labelled set through the real pipeline: ingested as documents, asked one query after the other.</summary>
public sealed class RetrievalRun(IServiceProvider services, TenantId tenant, LabelledSet set)
{
    // The union of two legs of 100: each leg must be seen whole.
    private const int Depth = 200;

    public static IReadOnlyList<string> Legs { get; } = ["lexical", "vector", "fused", "evidence"];

    public async Task IngestAsync(CancellationToken ct)
    {
        var documents = services.GetRequiredService<DocumentStore>();
        foreach (var document in set.Documents)
        {
            await documents.AddAsync(tenant, PrincipalSet.Everyone, new NewDocument
            {
                Collection = set.Name,
                SourceUri = $"{document.Id}.html",
                MediaType = "text/html",
                // HTML, because no character of a plain text can be mistaken for a mark there once it is escaped.
                Bytes = Encoding.UTF8.GetBytes($"<title>{WebUtility.HtmlEncode(document.Title)}</title><main><p>{WebUtility.HtmlEncode(document.Text)}</p></main>"),
            }, ct);
        }
        var queue = services.GetRequiredService<JobQueue>();
        var runner = services.GetRequiredService<IngestionRunner>();
        await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            while (await queue.ClaimAsync(ct) is { } job)
            {
                await runner.RunAsync(job, CancellationToken.None, ct);
            }
        }));
    }

    /// <summary>For each leg the ranking of documents, best chunk first, a document that says the same right behind it; and the duration of each query in milliseconds.</summary>
    public async Task<(Dictionary<string, List<(LabelledQuery Query, IReadOnlyList<string> Ranking)>> Rankings, List<double> DurationsMs)> AskAsync(CancellationToken ct)
    {
        var retriever = services.GetRequiredService<IRetriever>();
        var rankings = Legs.ToDictionary(leg => leg, _ => new List<(LabelledQuery, IReadOnlyList<string>)>());
        var durations = new List<double>();
        foreach (var query in set.Queries)
        {
            var start = TimeProvider.System.GetTimestamp();
            var question = new RetrievalQuery { Tenant = tenant, Collection = set.Name, Text = query.Text, Top = Depth };
            var result = await retriever.RetrieveAsync(question with { Assemble = false }, ct);
            durations.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
            rankings["fused"].Add((query, Rank(result.Chunks)));
            rankings["evidence"].Add((query, Rank((await retriever.RetrieveAsync(question, ct)).Chunks)));
            rankings["lexical"].Add((query, Rank(result.Chunks.Where(chunk => chunk.Lexical is not null).OrderBy(chunk => chunk.Lexical!.Rank))));
            rankings["vector"].Add((query, Rank(result.Chunks.Where(chunk => chunk.Vector is not null).OrderBy(chunk => chunk.Vector!.Rank))));
        }
        return (rankings, durations);
    }

    public static RankingMetrics Score(IEnumerable<(LabelledQuery Query, IReadOnlyList<string> Ranking)> rankings) =>
        RankingMetrics.Mean(rankings.Select(entry => (entry.Ranking, entry.Query.Relevant)));

    private static List<string> Rank(IEnumerable<RetrievedChunk> chunks) =>
        [.. chunks.SelectMany(chunk => chunk.AlsoIn.Select(other => other.SourceUri).Prepend(chunk.SourceUri))
            .Select(Path.GetFileNameWithoutExtension).OfType<string>().Distinct()];
}
