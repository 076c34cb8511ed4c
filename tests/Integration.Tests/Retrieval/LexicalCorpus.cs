using System.Globalization;
using System.Text;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;
using Pgvector;

namespace AiApp.Integration.Tests.Retrieval;

/// <summary>
/// Thousands of chunks of made-up words with the frequencies of a language, published by the product's own statements with
/// vectors of no meaning.
/// </summary>
internal sealed class LexicalCorpus(TestDatabase database, TenantId tenant, int seed) : IAsyncDisposable
{
    public const string Collection = "corpus";
    private const int ChunksPerDocument = 250;
    private const int VocabularySize = 6000;

    private readonly NpgsqlDataSource _source = StorageExtensions.CreateDataSource(database.ConnectionString, StorageRole.Worker, new StorageOptions());
    private readonly Random _random = new(seed);

    /// <summary>A query of 1 to 12 words, common and rare ones.</summary>
    public string NextQuery() => Words(1 + _random.Next(12), skew: 1.6);

    public async Task<Guid> PublishAsync(Guid? replaced = null)
    {
        var id = replaced ?? await AddDocumentAsync();
        var ordinals = Enumerable.Range(0, ChunksPerDocument).ToArray();
        var texts = ordinals.Select(_ => Words(5 + _random.Next(90), skew: 2.6)).ToArray();
        var zeros = new int[ChunksPerDocument];
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(connection, transaction);
        AppendRemoval(batch, id)
            .Append(IngestionSql.Supersede, tenant, id)
            .Append(IngestionSql.AddVersion, tenant, id, new byte[32], "t", "x", "[]", "r", "c", null, null, ChunksPerDocument, 0);
        AppendChunks(batch, id, ordinals, texts, zeros);
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return id;
    }

    public async Task DeleteAsync(Guid id)
    {
        await using var batch = AppendRemoval(_source.CreateBatch(), id);
        await batch.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private NpgsqlBatch AppendRemoval(NpgsqlBatch batch, Guid id) =>
        batch.Append(IngestionSql.SubtractStatistics, tenant, id).Append(IngestionSql.DeleteChunks, tenant, id);

    private void AppendChunks(NpgsqlBatch batch, Guid id, int[] ordinals, string[] texts, int[] zeros) =>
        batch.Append(IngestionSql.AddChunks.Replace("{space}", "embedding_1", StringComparison.Ordinal), tenant, id, 0, "english",
            ordinals, texts, ordinals.Select(_ => "").ToArray(), zeros, zeros, zeros,
            ordinals.Select(_ => new HalfVector(new Half[8])).ToArray(), ordinals.Select(_ => "").ToArray());

    private async Task<Guid> AddDocumentAsync() => await Task.FromResult(Guid.NewGuid());

    // The first words of the vocabulary stand in most chunks, the last ones in few.
    private string Words(int count, double skew)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            var rank = (int)(VocabularySize * Math.Pow(_random.NextDouble(), skew));
            text.Append(CultureInfo.InvariantCulture, $"w{rank}q ");
        }
        return text.ToString();
    }
}
