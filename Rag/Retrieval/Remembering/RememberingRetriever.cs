using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Retrieval.Remembering;

/// <summary>
/// Gives what the same search has found before, as long as the database says that nothing was changed since where it searched, and that
/// the caller may read the same there (see <see cref="RememberedSql.Find"/>). Everything else is searched.
/// </summary>
internal sealed class RememberingRetriever(HybridRetriever retriever, RememberedStore store, IOptions<RememberingOptions> options, TimeProvider clock)
    : IRetriever, IDisposable
{
    // Far shorter than changes are kept.
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    // What a search and a passage take besides their texts, whose characters take two bytes each.
    private const int SearchBytes = 4_000;
    private const int PassageBytes = 1_000;

    private readonly bool _isOn = options.Value.Megabytes > 0;
    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = options.Value.Megabytes * 1024L * 1024 });

    public async Task<RetrievalResult> RetrieveAsync(RetrievalQuery query, CancellationToken ct)
    {
        if (!_isOn)
        {
            return await retriever.RetrieveAsync(query, ct);
        }
        var search = RememberedSearch.Of(query, clock.GetUtcNow());
        var known = _known.Get<RetrievalResult>(search);
        if (known is { Basis: { } basis })
        {
            var watch = new StageWatch(clock);
            if (await watch.MeasureAsync("remembered", () => store.HoldsAsync(query, basis, ct)))
            {
                Count("hit");
                return known with { Stages = watch.Stages };
            }
            _known.Remove(search);
        }
        Count(known is null ? "miss" : "changed");
        var found = await retriever.RetrieveAsync(query, ct);
        // In a space with gaps, vectors come without a change of the document; what is worse than it should be is not kept.
        if (found.Basis is { Space: { State: EmbeddingSpaceState.Current, IsFilled: true } } && found.Degraded.Count == 0)
        {
            _known.Set(search, found, new MemoryCacheEntryOptions { Size = SizeOf(search, found), AbsoluteExpirationRelativeToNow = KeptFor });
        }
        return found;
    }

    public void Dispose() => _known.Dispose();

    private static void Count(string result) => RagTelemetry.RememberedSearches.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Result, result));

    private static long SizeOf(RememberedSearch search, RetrievalResult found) =>
        SearchBytes + 2L * (search.Text.Length + search.Principals.Length) + found.Chunks.Sum(passage => PassageBytes + 2L * passage.Text.Length);
}
