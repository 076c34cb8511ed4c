using System.Globalization;
using System.Text;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Integration.Tests.Retrieval;

/// <summary>Thousands of chunks of made-up words with the frequencies of a language, published by the product's own statements without vectors.</summary>
internal sealed class LexicalCorpus(TestDatabase database, TenantId tenant, int seed) : IAsyncDisposable
{
    public const string Collection = "corpus";
    public const int ChunksPerDocument = 250;
    private const int VocabularySize = 6000;

    private readonly NpgsqlDataSource _source = StorageExtensions.CreateDataSource(database.ConnectionString, StorageRole.Worker, new StorageOptions());
    private readonly Random _random = new(seed);

    /// <summary>A query of 1 to 12 words, common and rare ones.</summary>
    public string NextQuery() => Words(1 + _random.Next(12), skew: 1.6);

    /// <summary>A new document, or a new version of one.</summary>
    public async Task<Guid> PublishAsync(Guid? replaced = null)
    {
        var id = replaced ?? (await new DocumentStore(_source).AddAsync(tenant, PrincipalSet.Everyone, new NewDocument
        {
            Collection = Collection,
            SourceUri = $"{Guid.NewGuid():N}.md",
            MediaType = "text/markdown",
            Bytes = new byte[] { 1 },
        }, CancellationToken.None))!.DocumentId;
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(connection, transaction);
        AppendRemoval(batch, id)
            .Append(PublishSql.Supersede, tenant, new[] { id })
            .Append(PublishSql.AddVersions, tenant, new[] { id }, new[] { new byte[32] }, new[] { "t" }, new[] { "x" }, new[] { "[]" }, "c", new[] { "r" },
                new DateOnly?[] { null }, new DateOnly?[] { null }, new[] { ChunksPerDocument }, new[] { 0 }, new string?[] { null },
                new[] { false }, new string?[] { null }, "readers");
        AppendChunks(batch, id);
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return id;
    }

    /// <summary>By the average length of the chunks there are.</summary>
    public Task<int> AdjustAsync() => new AverageLengths(_source).AdjustAsync(CancellationToken.None);

    public async Task DeleteAsync(Guid id)
    {
        await using var batch = AppendRemoval(_source.CreateBatch(), id);
        await batch.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private NpgsqlBatch AppendRemoval(NpgsqlBatch batch, Guid id) =>
        batch.Append(PublishSql.SubtractStatistics, tenant, new[] { id }).Append(PublishSql.DeleteChunks, tenant, new[] { id });

    private void AppendChunks(NpgsqlBatch batch, Guid id)
    {
        var ordinals = Enumerable.Range(0, ChunksPerDocument).ToArray();
        var none = ordinals.Select(_ => "").ToArray();
        var ones = ordinals.Select(_ => 1).ToArray();
        var texts = ordinals.Select(_ => Words(5 + _random.Next(90), skew: 2.6)).ToArray();
        batch.Append(PublishSql.AddChunks, tenant, new[] { id }, new[] { "english" }, ones, ordinals, texts, none, ones, ones, ones, none, ones);
    }

    // The first words of the vocabulary stand in most chunks, the last ones in few.
    private string Words(int count, double skew)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"w{(int)(VocabularySize * Math.Pow(_random.NextDouble(), skew))}q ");
        }
        return text.ToString();
    }
}
