using AiApp.Rag.Gateway;
using AiApp.Rag.Ingestion.Embedding;
using AiApp.Rag.Models;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AiApp.Rag.Ingestion.Filling;

/// <summary>
/// Gives chunks the vectors that their space lacks, in small batches. Stopped at any moment, another worker goes on where the
/// vectors end; two workers on one space do each other no harm.
/// </summary>
public sealed partial class SpaceFiller
{
    private static readonly TimeSpan ReleaseWithin = TimeSpan.FromSeconds(5);

    private readonly FillStore _store;
    private readonly EmbeddingModels _models;
    private readonly FillOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<SpaceFiller> _logger;

    internal SpaceFiller(FillStore store, EmbeddingModels models, IOptions<FillOptions> options, TimeProvider clock, ILogger<SpaceFiller> logger) =>
        (_store, _models, _options, _clock, _logger) = (store, models, options.Value, clock, logger);

    /// <summary>Fills one space to its end. False when no space needs it, or another worker has it.</summary>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var models = _models.All.DistinctBy(model => (model.Model, model.Dimensions)).ToList();
        // Not broken off: a claim that was made all the same would be held by nobody until its lease ends.
        if (await _store.ClaimAsync(models, _options.Lease, CancellationToken.None) is not { } lease)
        {
            return false;
        }
        try
        {
            return await FillAsync(lease, ct);
        }
        catch (PostgresException dropped) when (dropped.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            Dropped(lease.Space.Model);
            return true;
        }
        finally
        {
            // Given back at once, also when the process is asked to stop; after a crash the lease ends by itself.
            using var brief = new CancellationTokenSource(ReleaseWithin);
            await ReleaseAsync(lease, brief.Token);
        }
    }

    private async Task<bool> FillAsync(FillLease lease, CancellationToken ct)
    {
        using var activity = RagTelemetry.Source.StartActivity("aiapp.fill");
        var model = _models.Find(lease.Space.Model, lease.Space.Dimensions)!;
        var added = 0;
        MissingChunk? last = null;
        var isRefused = false;
        while (true)
        {
            var start = _clock.GetTimestamp();
            var chunks = await _store.ListMissingAsync(lease.Space, last, _options.FillBatchSize, ct);
            if (chunks.Count == 0 && isRefused)
            {
                return false;
            }
            if (chunks.Count == 0)
            {
                var finished = await _store.FinishAsync(lease, ct);
                if (finished || last is null)
                {
                    Filled(lease.Space.Model, added, finished);
                    return finished;
                }
                // Chunks with smaller keys were committed behind the cursor.
                last = null;
                continue;
            }
            var (vectors, refused) = await EmbedAsync(model, chunks, ct);
            await _store.AddAsync(lease.Space, chunks.GetRange(0, vectors.Count), vectors, ct);
            RagTelemetry.FilledChunks.Add(vectors.Count);
            added += vectors.Count;
            isRefused |= refused is not null;
            last = refused is null ? chunks[^1] : refused with { ChunkId = long.MaxValue };
            if (!await _store.RenewAsync(lease, _options.Lease, chunks.Count / _clock.GetElapsedTime(start).TotalSeconds, ct))
            {
                return false;
            }
        }
    }

    /// <summary>
    /// Chunks come in the order of their tenants; each tenant bears its own. Up to the first of a tenant whose budget is spent, and that one:
    /// the others do not wait for it.
    /// </summary>
    private async Task<(List<Half[]> Vectors, MissingChunk? Refused)> EmbedAsync(EmbeddingModel model, IReadOnlyList<MissingChunk> chunks, CancellationToken ct)
    {
        var vectors = new List<Half[]>();
        foreach (var own in chunks.GroupBy(chunk => chunk.Tenant))
        {
            var texts = own.Select(chunk => EmbeddingBatcher.InputOf(chunk.HeadingPath, chunk.Text)).ToList();
            try
            {
                vectors.AddRange(await EmbeddingBatcher.EmbedAsync(model, new(new(own.Key)) { Job = CostBearer.Fill }, texts, ct));
            }
            catch (QuotaExceededException refused)
            {
                Refused(own.Key, refused.Scope);
                return (vectors, own.First());
            }
        }
        return (vectors, null);
    }

    private async Task ReleaseAsync(FillLease lease, CancellationToken ct)
    {
        try
        {
            await _store.ReleaseAsync(lease, ct);
        }
        catch (Exception outage) when (outage is NpgsqlException or OperationCanceledException)
        {
            NotReleased(lease.Space.Model, outage.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Embedding space of {Model}: {ChunkCount} chunks added, every chunk has a vector: {Finished}")]
    private partial void Filled(string model, int chunkCount, bool finished);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tenant {Tenant} keeps gaps in an embedding space: the budget of its {Scope} is spent")]
    private partial void Refused(int tenant, string scope);

    [LoggerMessage(Level = LogLevel.Information, Message = "Embedding space of {Model} was dropped while it was filled")]
    private partial void Dropped(string model);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Embedding space of {Model} could not be given back ({Error}): another worker takes it when the lease ends")]
    private partial void NotReleased(string model, string error);
}
