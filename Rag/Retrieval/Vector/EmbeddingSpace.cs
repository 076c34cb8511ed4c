using System.Text.RegularExpressions;
using AiApp.Rag.Storage;
using Microsoft.Extensions.AI;
using Npgsql;

namespace AiApp.Rag.Retrieval.Vector;

/// <summary>The vector table of one embedding model.</summary>
public sealed partial record EmbeddingSpace(int Id, string Model, int Dimensions, string TableName)
{
    /// <summary>Puts the space's table into a statement that names it as {space}.</summary>
    internal string In(string sql) => sql.Replace("{space}", TableName, StringComparison.Ordinal);

    [GeneratedRegex("^embedding_[0-9]{1,9}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    internal static partial Regex SafeTableName();
}

/// <summary>Knows the space of the configured embedding model, and has it made on first use.</summary>
public sealed class EmbeddingSpaces(NpgsqlDataSource database, IEmbeddingGenerator<string, Embedding<float>> generator)
{
    private EmbeddingSpace? _current;

    public async ValueTask<EmbeddingSpace> GetCurrentAsync(CancellationToken ct)
    {
        if (_current is { } known)
        {
            return known;
        }
        var metadata = generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
        if (metadata is not { DefaultModelId: { } model, DefaultModelDimensions: { } dimensions })
        {
            throw new InvalidOperationException("The embedding model does not say its name and dimensions: set Models:OpenAI:EmbeddingModel and EmbeddingDimensions.");
        }
        await using var command = database.Statement(VectorSql.EnsureSpace, model, dimensions);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var table = reader.GetString(1);
        if (!EmbeddingSpace.SafeTableName().IsMatch(table))
        {
            throw new InvalidOperationException($"'{table}' is not the name of a vector table.");
        }
        return _current = new(reader.GetInt32(0), model, dimensions, table);
    }
}
