using System.Net;
using System.Security.Cryptography;
using System.Text;
using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Jobs;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Evals.Retrieval;

/// <summary>What an ingestion did: nothing when the collection held the set already.</summary>
public sealed record IngestedSet(int Documents, int Added, double Seconds);

/// <summary>A labelled set through the real pipeline. Documents whose bytes are searchable already are left alone.</summary>
internal sealed class SetIngestion(IServiceProvider services, SetStore store, TenantId tenant, int workers, TimeProvider clock)
{
    // Between two merges of the statistics: they are appended, and reading them costs more until they are merged.
    private const int Block = 5000;

    public async Task<IngestedSet> IngestAsync(LabelledSet set, CancellationToken ct)
    {
        var start = clock.GetTimestamp();
        if (set.Options.Language is { } language)
        {
            await store.SetLanguageAsync(set.Collection, language, ct);
        }
        var known = await store.ListDocumentsAsync(set.Collection, ct);
        var added = 0;
        foreach (var block in set.Documents.Chunk(Block))
        {
            var missing = block.Select(document => (Uri: UriOf(document.Id), Bytes: Write(document)))
                .Where(document => !known.TryGetValue(document.Uri, out var hash) || !hash.AsSpan().SequenceEqual(SHA256.HashData(document.Bytes)))
                .ToList();
            added += missing.Count;
            await AddAsync(set.Collection, missing, ct);
            await DrainAsync(ct);
            await services.GetRequiredService<LexemeStatistics>().MergeAsync(ct);
        }
        await services.GetRequiredService<AverageLengths>().AdjustAsync(ct);
        if (added > 0)
        {
            await store.AnalyzeAsync(ct);
        }
        return new(set.Documents.Count, added, clock.GetElapsedTime(start).TotalSeconds);
    }

    public static string UriOf(string id) =>
        SourceUri.TryNormalize($"{id}.html", out var uri) ? uri : throw new InvalidDataException($"'{id}' cannot be the id of a document.");

    private Task AddAsync(string collection, List<(string Uri, byte[] Bytes)> missing, CancellationToken ct)
    {
        var documents = services.GetRequiredService<DocumentStore>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = ct };
        return Parallel.ForEachAsync(missing, options, async (document, token) => await documents.AddAsync(
            tenant, PrincipalSet.Everyone, new NewDocument { Collection = collection, SourceUri = document.Uri, MediaType = "text/html", Bytes = document.Bytes }, token));
    }

    private Task DrainAsync(CancellationToken ct)
    {
        var queue = services.GetRequiredService<JobQueue>();
        var runner = services.GetRequiredService<IngestionRunner>();
        return Task.WhenAll(Enumerable.Range(0, workers).Select(async _ =>
        {
            while (await queue.ClaimAsync(ct) is { } job)
            {
                await runner.RunAsync(job, CancellationToken.None, ct);
            }
        }));
    }

    /// <summary>HTML, because no character of a plain text can be mistaken for a mark there once it is escaped.</summary>
    // A document without a title is called by its file name, which here is an id and no text of the set.
    private static byte[] Write(LabelledDocument document) =>
        Encoding.UTF8.GetBytes($"<title>{(document.Title.Length > 0 ? WebUtility.HtmlEncode(document.Title) : "—")}</title><main><p>{WebUtility.HtmlEncode(document.Text)}</p></main>");
}
