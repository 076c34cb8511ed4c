using AiApp.Rag.Storage;
using Npgsql;

namespace AiApp.Benchmarks.Retrieval;

/// <summary>One raw statement, prepared on a connection of its own through the same driver.</summary>
internal sealed class Floor : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _command;
    private readonly Func<PreparedQuery, object?>? _argument;

    private Floor(string name, NpgsqlConnection connection, NpgsqlCommand command, Func<PreparedQuery, object?>? argument) =>
        (Name, _connection, _command, _argument) = (name, connection, command, argument);

    public string Name { get; }

    /// <summary>False when the rows come in no order.</summary>
    public bool Ranks => Name != Floors.RoundTrip && Name != Floors.Lexemes;

    public static async Task<Floor> OpenAsync(
        NpgsqlDataSource database, string name, string sql, Func<PreparedQuery, object?>? argument, IReadOnlyDictionary<string, string> options, CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct);
        foreach (var (option, value) in options)
        {
            await using var batch = new NpgsqlBatch(connection);
            await batch.Append(FloorSql.SetOption, option, value).ExecuteNonQueryAsync(ct);
        }
        return new(name, connection, new NpgsqlCommand(sql, connection), argument);
    }

    public async Task<List<long>> CallAsync(PreparedQuery query, CancellationToken ct)
    {
        if (_argument is not null)
        {
            _command.Parameters.Clear();
            _command.Parameters.Add(new NpgsqlParameter { Value = _argument(query) });
        }
        if (!_command.IsPrepared)
        {
            await _command.PrepareAsync(ct);
        }
        var ids = new List<long>();
        await using var reader = await _command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            ids.Add(Convert.ToInt64(reader.GetValue(0)));
        }
        return ids;
    }

    public async ValueTask DisposeAsync()
    {
        await _command.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
