using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;
using Pgvector;

namespace AiApp.Benchmarks.Ingestion;

internal sealed record FloorChunk(string HeadingPath, string Text, HalfVector Embedding);

internal sealed record FloorResult(string Name, int Chunks, double Seconds)
{
    public double ChunksPerSecond => Chunks / Seconds;
}

/// <summary>The same chunks, read, chunked and embedded already, by COPY in blocks of a thousand.</summary>
internal sealed class CopyFloor(NpgsqlDataSource database, EmbeddingSpace space, IReadOnlyList<FloorChunk> chunks, TimeProvider clock)
{
    private const int Block = 1000;

    public static async Task<IReadOnlyList<FloorChunk>> ReadAsync(NpgsqlDataSource database, EmbeddingSpace space, TenantId tenant, CancellationToken ct)
    {
        var chunks = new List<FloorChunk>();
        await using var command = database.Statement(space.In(CopySql.ListChunks), tenant);
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            chunks.Add(new(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<HalfVector>(2)));
        }
        return chunks;
    }

    /// <summary>With the indexes there from the beginning.</summary>
    public Task<FloorResult> MeasureInPlaceAsync(int writers, CancellationToken ct) => MeasureAsync(
        $"COPY into GIN and HNSW (16, 64), {writers} {(writers == 1 ? "writer" : "writers")}", writers, [CopySql.IndexWords, CopySql.IndexVectors], [], ct);

    /// <summary>With the indexes built at the end, in memory.</summary>
    public Task<FloorResult> MeasureIndexedAfterAsync(int writers, bool densely, CancellationToken ct) => MeasureAsync(
        $"COPY, then GIN and HNSW {(densely ? "(24, 200), as the product" : "(16, 64)")}", writers, [],
        [CopySql.BuildInMemory, CopySql.IndexWords, densely ? CopySql.IndexVectorsDensely : CopySql.IndexVectors], ct);

    private async Task<FloorResult> MeasureAsync(string name, int writers, string[] before, string[] after, CancellationToken ct)
    {
        await RunAsync([CopySql.Drop, space.In(CopySql.Create), CopySql.AddWords, .. before], ct);
        var start = clock.GetTimestamp();
        var blocks = chunks.Chunk(Block).GetEnumerator();
        var gate = new Lock();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(() => WriteAsync(Next, ct), ct)));
        await RunAsync(after, ct);
        var seconds = clock.GetElapsedTime(start).TotalSeconds;
        await RunAsync([CopySql.Drop], ct);
        return new(name, chunks.Count, seconds);

        FloorChunk[]? Next()
        {
            lock (gate)
            {
                return blocks.MoveNext() ? blocks.Current : null;
            }
        }
    }

    private async Task WriteAsync(Func<FloorChunk[]?> next, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        while (next() is { } block)
        {
            await using var writer = await connection.BeginBinaryImportAsync(CopySql.Copy, ct);
            foreach (var chunk in block)
            {
                await writer.StartRowAsync(ct);
                await writer.WriteAsync(chunk.HeadingPath, ct);
                await writer.WriteAsync(chunk.Text, ct);
                await writer.WriteAsync(chunk.Embedding, ct);
            }
            await writer.CompleteAsync(ct);
        }
    }

    private async Task RunAsync(string[] statements, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
