using AiApp.Rag.Models;
using AiApp.Rag.Storage;
using Npgsql;

namespace AiApp.Rag.Retrieval.Vector;

/// <summary>A space and how far it is filled, over all tenants.</summary>
public sealed record SpaceProgress(EmbeddingSpace Space, long EmbeddedCount, long ChunkCount, double? ChunksPerSecond)
{
    /// <summary>0 to 1. Never 1 before the space is known to be filled.</summary>
    public double Coverage => Space.IsFilled || ChunkCount == 0 ? 1 : Math.Min(EmbeddedCount / (double)ChunkCount, 0.9999);

    /// <summary>At the speed of the last batch; null when nobody fills it.</summary>
    public TimeSpan? Remaining => !Space.IsFilled && ChunksPerSecond > 0
        ? TimeSpan.FromSeconds(Math.Max(0, ChunkCount - EmbeddedCount) / ChunksPerSecond.Value)
        : null;
}

/// <summary>What filling a space takes: every chunk is embedded once. Tokens are estimated as chunking does.</summary>
public sealed record FillPreview(long ChunkCount, long TokenCount);

/// <summary>Whether the state of a space was changed, and if not, why.</summary>
public enum SpaceChange
{
    Done,
    NoSuchSpace,
    IsCurrent,
    HasGaps,
    ModelNotConfigured,
}

/// <summary>Takes spaces through their states: docs/adr/0012.</summary>
public sealed class SpaceAdministration(NpgsqlDataSource database, EmbeddingSpaces spaces, EmbeddingModels models)
{
    public async Task<IReadOnlyList<SpaceProgress>> ListAsync(CancellationToken ct)
    {
        var known = await spaces.ListAsync(ct);
        var progress = new List<SpaceProgress>();
        await using var command = database.Statement(SpaceSql.ListProgress);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (known.FirstOrDefault(space => space.Id == reader.GetInt32(0)) is { } space)
            {
                progress.Add(new(space, reader.GetInt64(1), reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetFloat(3)));
            }
        }
        return [.. progress.OrderBy(entry => entry.Space.Id)];
    }

    public async Task<FillPreview> PreviewAsync(CancellationToken ct)
    {
        await using var command = database.Statement(SpaceSql.CountChunks);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new(reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>Questions are searched in the model's space from now on, in every process. With <paramref name="force"/> even where it has gaps.</summary>
    public async Task<SpaceChange> SwapAsync(EmbeddingModel model, bool force, CancellationToken ct)
    {
        if (await FindAsync(model.Model, model.Dimensions, ct) is not { } space)
        {
            return SpaceChange.NoSuchSpace;
        }
        await using var batch = database.CreateBatch();
        batch.Append(SpaceSql.LockSpaces).Append(SpaceSql.Retire, space.Id, force).Append(SpaceSql.Take, space.Id, force);
        return await HasChangedAsync(batch, ct) ? SpaceChange.Done
            : space.State == EmbeddingSpaceState.Current ? SpaceChange.IsCurrent
            : SpaceChange.HasGaps;
    }

    /// <summary>Back to the space that was current before; null when none is kept.</summary>
    public async Task<(SpaceChange Change, EmbeddingSpace? Space)> RollBackAsync(CancellationToken ct)
    {
        await using var find = database.Statement(SpaceSql.FindPrevious);
        var previous = await find.ExecuteScalarAsync(ct) is int id ? (await spaces.ListAsync(ct)).FirstOrDefault(space => space.Id == id) : null;
        if (previous is null)
        {
            return (SpaceChange.NoSuchSpace, null);
        }
        if (models.Find(previous.Model, previous.Dimensions) is null)
        {
            return (SpaceChange.ModelNotConfigured, previous);
        }
        await using var batch = database.CreateBatch();
        batch.Append(SpaceSql.LockSpaces).Append(SpaceSql.StepDown, previous.Id).Append(SpaceSql.Take, previous.Id, true);
        return (await HasChangedAsync(batch, ct) ? SpaceChange.Done : SpaceChange.IsCurrent, previous);
    }

    /// <summary>Removes the space and its vectors. By the name of its model, which the configuration may no longer know.</summary>
    public async Task<SpaceChange> DropAsync(EmbeddingSpace space, CancellationToken ct)
    {
        await using var command = database.Statement(SpaceSql.Drop, space.Id);
        return await command.ExecuteScalarAsync(ct) is true ? SpaceChange.Done : SpaceChange.IsCurrent;
    }

    public async Task<EmbeddingSpace?> FindAsync(string model, int? dimensions, CancellationToken ct) =>
        (await spaces.ListAsync(ct)).FirstOrDefault(space => space.Model == model && (dimensions is null || space.Dimensions == dimensions));

    private static async Task<bool> HasChangedAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct);
    }
}
