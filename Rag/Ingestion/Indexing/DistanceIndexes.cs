using System.Data;
using System.Numerics;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AiApp.Rag.Ingestion.Indexing;

/// <summary>
/// A vector that enters the distance index costs ten times what the rest of its chunk does. While very many documents wait, and the
/// vectors are few enough to compare them all, they are written without it; it is built when the queue is through, in an eighth of
/// the time. The index of words collects its entries meanwhile and sorts them in by the megabyte. An index that is missing or broken
/// for another reason is built as well. Why: docs/adr/0020.
/// </summary>
public sealed partial class DistanceIndexes
{
    // Below, nobody is in the middle of a large upload.
    private const int QuietDocuments = 50;
    private const int QuietLooks = 3;

    private readonly NpgsqlDataSource _database;
    private readonly OwnerDatabase _owner;
    private readonly EmbeddingSpaces _spaces;
    private readonly IndexingOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<DistanceIndexes> _logger;
    private int _quietLooks;
    private int _bulkLooks;
    private bool _mayMaintain = true;

    internal DistanceIndexes(NpgsqlDataSource database, OwnerDatabase owner, EmbeddingSpaces spaces, IOptions<IndexingOptions> options,
        TimeProvider clock, ILogger<DistanceIndexes> logger) =>
        (_database, _owner, _spaces, _options, _clock, _logger) = (database, owner, spaces, options.Value, clock, logger);

    /// <summary>One look at the queue and the indexes, and what follows from it. Returns how many indexes were built.</summary>
    public async Task<int> TendAsync(CancellationToken ct)
    {
        var waiting = await CountWaitingAsync(ct);
        _quietLooks = waiting <= QuietDocuments ? _quietLooks + 1 : 0;
        if (!_mayMaintain)
        {
            return 0;
        }
        if (_quietLooks >= QuietLooks)
        {
            return await FinishAsync(ct);
        }
        var built = 0;
        var bulk = false;
        foreach (var space in await _spaces.ListAsync(ct))
        {
            if (!await IsIndexedAsync(space, ct))
            {
                bulk = true;
                built += space.EstimatedVectors > _options.MaxExactVectors && await BuildAsync(space, ct) ? 1 : 0;
            }
            else if (IsWorthSuspending(space, waiting))
            {
                await SuspendAsync(space, waiting, ct);
            }
        }
        _bulkLooks = bulk ? _bulkLooks + 1 : 0;
        // While tables grow from nothing, sooner than autovacuum comes by.
        if (BitOperations.IsPow2(_bulkLooks))
        {
            await MaintainAsync(connection => ExecuteAsync(connection, MaintenanceSql.Measure, ct), ct);
        }
        return built;
    }

    /// <summary>Builds what is missing and sorts in what was collected, whatever waits. Returns how many indexes were built.</summary>
    public async Task<int> FinishAsync(CancellationToken ct)
    {
        var built = 0;
        foreach (var space in await _spaces.ListAsync(ct))
        {
            built += !await IsIndexedAsync(space, ct) && await BuildAsync(space, ct) ? 1 : 0;
        }
        if (await AskAsync(IndexingSql.IsCollecting, ct))
        {
            await MaintainAsync(async connection =>
            {
                await ExecuteAsync(connection, MaintenanceSql.WaitBriefly, ct);
                await ExecuteAsync(connection, MaintenanceSql.SortWordsAtOnce, ct);
                await ExecuteAsync(connection, MaintenanceSql.SortCollectedWords, ct);
            }, ct);
        }
        return built;
    }

    /// <summary>Building costs again for every vector there is: only when at least about as many are coming, three to a document.</summary>
    private bool IsWorthSuspending(EmbeddingSpace space, int waiting) =>
        _options.BulkDocuments > 0 && waiting >= _options.BulkDocuments && space.EstimatedVectors <= Math.Min(_options.MaxExactVectors / 2, 3L * waiting);

    private Task<bool> SuspendAsync(EmbeddingSpace space, int waiting, CancellationToken ct) => MaintainAsync(async connection =>
    {
        await ExecuteAsync(connection, MaintenanceSql.WaitBriefly, ct);
        await ExecuteAsync(connection, MaintenanceSql.CollectWords, ct);
        await ExecuteAsync(connection, space.In(MaintenanceSql.Drop), ct);
        Suspended(space.Model, waiting, space.EstimatedVectors);
    }, ct);

    private Task<bool> BuildAsync(EmbeddingSpace space, CancellationToken ct) => MaintainAsync(async connection =>
    {
        var start = _clock.GetTimestamp();
        try
        {
            await BuildAsync(connection, space, parallelWorkers: Environment.ProcessorCount, ct);
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory)
        {
            // Containers give 64 MB of shared memory unless told otherwise; one process alone needs none.
            await BuildAsync(connection, space, parallelWorkers: 0, ct);
        }
        Built(space.Model, space.EstimatedVectors, _clock.GetElapsedTime(start).TotalSeconds);
    }, ct);

    private async Task BuildAsync(NpgsqlConnection connection, EmbeddingSpace space, int parallelWorkers, CancellationToken ct)
    {
        // A vector in half precision, and its neighbours on every level: 24 on most, each of 8 bytes, twice on the lowest.
        var neededMb = space.EstimatedVectors * (2 * space.Dimensions + 700) / (1024 * 1024) + 64;
        await ExecuteAsync(connection, MaintenanceSql.PrepareBuild, ct, (int)Math.Min(_options.BuildMemoryMb, neededMb), parallelWorkers);
        await ExecuteAsync(connection, space.In(MaintenanceSql.Drop), ct);
        await ExecuteAsync(connection, space.In(MaintenanceSql.Build), ct);
    }

    /// <summary>False when another process is at it, or this login does not own the tables: then indexes stay as they are.</summary>
    private async Task<bool> MaintainAsync(Func<NpgsqlConnection, Task> run, CancellationToken ct)
    {
        await using var connection = await _owner.OpenAsync(ct);
        await using var hold = new NpgsqlCommand(MaintenanceSql.TryHold, connection);
        if (await hold.ExecuteScalarAsync(ct) is not true)
        {
            return false;
        }
        try
        {
            await run(connection);
            return true;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            _mayMaintain = false;
            NotOwner();
            return false;
        }
        catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
        finally
        {
            if (connection.FullState == ConnectionState.Open)
            {
                await ExecuteAsync(connection, MaintenanceSql.Release, CancellationToken.None);
            }
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken ct, params object[] arguments)
    {
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = argument });
        }
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<int> CountWaitingAsync(CancellationToken ct)
    {
        await using var command = _database.Statement(IndexingSql.CountWaiting, _options.MaxExactVectors);
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    private Task<bool> IsIndexedAsync(EmbeddingSpace space, CancellationToken ct) => AskAsync(IndexingSql.IsIndexed, ct, space.TableName);

    private async Task<bool> AskAsync(string question, CancellationToken ct, params object[] arguments)
    {
        await using var command = _database.Statement(question, arguments);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Waiting} documents wait: vectors of {Model} ({Vectors} so far) are written without their distance index, which is built afterwards")]
    private partial void Suspended(string model, int waiting, long vectors);

    [LoggerMessage(Level = LogLevel.Information, Message = "Built the distance index of {Model} over about {Vectors} vectors in {Seconds:0.0} s")]
    private partial void Built(string model, long vectors, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The login does not own the vector tables: distance indexes stay as they are, and large uploads take longer")]
    private partial void NotOwner();
}
