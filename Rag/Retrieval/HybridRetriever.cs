using System.Diagnostics;
using AiApp.Rag.Gateway;
using AiApp.Rag.Retrieval.Configuration;
using AiApp.Rag.Retrieval.Evidence;
using AiApp.Rag.Retrieval.Lexical;
using AiApp.Rag.Retrieval.Reranking;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Retrieval;

/// <summary>Both legs side by side, fused by weighted scores; then evidence is assembled from the head of the list.</summary>
internal sealed class HybridRetriever(
    RetrievalStore store,
    LexicalLeg lexicalLeg,
    VectorLeg vectorLeg,
    RetrievalConfigurations configurations,
    IReranker reranker,
    IOptions<RerankerOptions> reranking,
    IOptions<EvidenceOptions> evidence,
    TimeProvider clock) : IRetriever
{
    private const string EveryCollection = "all";

    // More than the wanted passages are read, because validity, duplicates and merging change who they are.
    private const int MinDepth = 20;

    private readonly EvidenceOptions _evidence = evidence.Value;

    public async Task<RetrievalResult> RetrieveAsync(RetrievalQuery query, CancellationToken ct) =>
        (await TraceAsync(query, ct)).ToResult();

    /// <summary>The retrieval that every caller gets, with what an explanation needs.</summary>
    public async Task<RetrievalTrace> TraceAsync(RetrievalQuery query, CancellationToken ct)
    {
        var source = query.Collection ?? EveryCollection;
        using var activity = RagTelemetry.Source.StartActivity($"retrieval {source}", ActivityKind.Client);
        activity?.SetTag(RagTelemetry.Operation, "retrieval").SetTag(RagTelemetry.DataSource, source);
        var watch = new StageWatch(clock);
        var scope = await store.FindScopeAsync(query.Tenant, query.Principals, query.Collection, ct) with { Bearer = query.Bearer };
        if (scope.IsEmpty)
        {
            return new()
            {
                Scope = scope,
                Lexical = new([], []),
                Configuration = configurations.Preferred,
                LegDepth = 0,
                Fused = [],
                Depth = 0,
                Candidates = [],
                Stages = watch.Stages,
            };
        }
        var legDepth = configurations.Preferred.DepthFor(query.Top);
        var text = query.ToSearchText();
        var lexicalTask = watch.MeasureAsync("lexical", () => lexicalLeg.SearchAsync(scope, text, legDepth, ct));
        var vectorTask = vectorLeg.SearchAsync(scope, text.Words, legDepth, watch, ct);
        await Task.WhenAll(lexicalTask, vectorTask);
        var lexical = await lexicalTask;
        var vector = await KeepMatchingAsync(await vectorTask, scope, lexical.Constraint, ct);

        var configuration = configurations.For(vector.Model);
        var fused = Fuse(lexical.Hits, vector.Hits, configuration);
        var depth = Math.Max(Math.Max(query.Top * 2, MinDepth), reranker.Depth);
        var (candidates, reranking) = await AssembleAsync(query, scope, [.. fused.Take(depth)], watch, ct);
        activity?.SetTag("aiapp.retrieval.chunks", candidates.Count(candidate => !candidate.IsOut));
        return new()
        {
            Scope = scope,
            Lexical = lexical,
            Vector = vector,
            Configuration = configuration,
            LegDepth = legDepth,
            Fused = fused,
            Depth = depth,
            Candidates = candidates,
            Reranking = reranking,
            Stages = watch.Stages,
        };
    }

    /// <summary>Nearness knows neither phrases nor exclusions.</summary>
    private async Task<VectorResult> KeepMatchingAsync(VectorResult vector, SearchScope scope, string? constraint, CancellationToken ct)
    {
        if (constraint is null)
        {
            return vector;
        }
        var matching = await store.FindMatchingAsync(scope, [.. vector.Hits.Select(hit => hit.ChunkId)], constraint, ct);
        return vector with { Hits = [.. vector.Hits.Where(hit => matching.Contains(hit.ChunkId))] };
    }

    private static List<RankedHit> Fuse(IReadOnlyList<LegHit> lexical, IReadOnlyList<LegHit> vector, RetrievalConfiguration configuration)
    {
        var lexicalRanks = Rank(lexical);
        var vectorRanks = Rank(vector);
        return [.. ScoreFusion.Fuse(lexical, vector, configuration).Select(hit =>
            new RankedHit(hit.ChunkId, hit.Score, lexicalRanks.GetValueOrDefault(hit.ChunkId), vectorRanks.GetValueOrDefault(hit.ChunkId)))];
    }

    /// <summary>Also what became of reranking, when there was any to do.</summary>
    private async Task<(List<Candidate> Candidates, string? Reranking)> AssembleAsync(
        RetrievalQuery query, SearchScope scope, List<RankedHit> head, StageWatch watch, CancellationToken ct)
    {
        var found = await watch.MeasureAsync("fetch", () => store.FetchAsync(scope, head, query.Assemble ? _evidence.Neighbours : 0, ct));
        var candidates = found.Found.Select(Candidate.Of).ToList();
        string? outcome = null;
        if (reranker.Depth > 0 && candidates.Count > 1)
        {
            (candidates, outcome) = await watch.MeasureAsync("rerank", () => RerankAsync(scope.Bearer, query.Text, candidates, ct));
        }
        var start = clock.GetTimestamp();
        var validity = Validity.Of(query.Text, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        var judged = query.Assemble
            ? EvidenceAssembler.Assemble(query, candidates, found.Neighbours, validity, _evidence)
            : EvidenceAssembler.Rank(query, candidates, validity, _evidence);
        watch.Add("assemble", clock.GetElapsedTime(start));
        return (judged, outcome);
    }

    private async Task<(List<Candidate> Candidates, string Outcome)> RerankAsync(
        CostBearer bearer, string question, List<Candidate> candidates, CancellationToken ct)
    {
        var texts = candidates.Take(reranker.Depth).Select(candidate => $"{candidate.Fetched.Chunk.HeadingPath}\n{candidate.Fetched.Chunk.Text}").ToList();
        var (outcome, scores) = await reranker.ScoreAsync(bearer, question, texts, ct);
        return (scores is null ? candidates : Reranked.Order(candidates, scores, reranking.Value.Weight), outcome);
    }

    private static Dictionary<long, LegRank> Rank(IReadOnlyList<LegHit> hits) =>
        hits.Select((hit, i) => (hit.ChunkId, Rank: new LegRank(i + 1, hit.Score))).ToDictionary(pair => pair.ChunkId, pair => pair.Rank);
}
