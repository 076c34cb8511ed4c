using AiApp.Rag.Models;
using AiApp.Rag.Storage;
using Npgsql;

namespace AiApp.Rag.Retrieval.Vector;

/// <summary>The spaces there are. Read anew by every request: a swap holds from the next question on, in every process.</summary>
public sealed class EmbeddingSpaces(NpgsqlDataSource database, EmbeddingModels models)
{
    /// <summary>Oldest first. Where there is none yet, the preferred model's is made and current at once.</summary>
    public async Task<IReadOnlyList<EmbeddingSpace>> ListAsync(CancellationToken ct)
    {
        var spaces = await ReadAsync(ct);
        if (spaces.Exists(space => space.State == EmbeddingSpaceState.Current))
        {
            return spaces;
        }
        await EnsureAsync(models.Preferred, ct);
        return await ReadAsync(ct);
    }

    public async ValueTask<EmbeddingSpace> GetCurrentAsync(CancellationToken ct) =>
        (await ListAsync(ct)).Single(space => space.State == EmbeddingSpaceState.Current);

    /// <summary>Makes the model's space when it has none; the worker begins to fill it.</summary>
    public async Task EnsureAsync(EmbeddingModel model, CancellationToken ct)
    {
        await using var command = database.Statement(VectorSql.EnsureSpace, model.Model, model.Dimensions);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<List<EmbeddingSpace>> ReadAsync(CancellationToken ct)
    {
        await using var command = database.Statement(VectorSql.ListSpaces);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await ReadAsync(reader, ct);
    }

    internal static async Task<List<EmbeddingSpace>> ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var spaces = new List<EmbeddingSpace>();
        while (await reader.ReadAsync(ct))
        {
            spaces.Add(new()
            {
                Id = reader.GetInt32(0),
                Model = reader.GetString(1),
                Dimensions = reader.GetInt32(2),
                TableName = EmbeddingSpace.Safe(reader.GetString(3)),
                State = Enum.Parse<EmbeddingSpaceState>(reader.GetString(4), ignoreCase: true),
                IsFilled = reader.GetBoolean(5),
                EstimatedVectors = reader.GetInt64(6),
            });
        }
        return spaces;
    }
}
