using Npgsql;
using Pgvector;

namespace AiApp.Polyfills.Tests.Pgvector;

[Collection("postgres")]
public sealed class NpgsqlTests(PostgresFixture postgres)
{
    private static HalfVector Halves(params double[] values) => new(Array.ConvertAll(values, value => (Half)value));

    [Fact]
    public async Task A_vector_comes_back_as_it_was_sent() =>
        Assert.Equal(new Vector("[1,-2.5,3]"), await EchoAsync(new Vector("[1,-2.5,3]"), "vector"));

    [Fact]
    public async Task A_half_vector_comes_back_as_it_was_sent() =>
        Assert.Equal(Halves(1, -2.5, 3), await EchoAsync(Halves(1, -2.5, 3), "halfvec"));

    [Fact]
    public async Task A_sparse_vector_comes_back_as_it_was_sent() =>
        Assert.Equal(new SparseVector("{1:1,100000:-2.5}/100000"), await EchoAsync(new SparseVector("{1:1,100000:-2.5}/100000"), "sparsevec"));

    [Fact]
    public async Task A_vector_larger_than_the_buffer_comes_back_whole()
    {
        var large = new Vector(Enumerable.Range(0, 16_000).Select(i => i / 7f).ToArray());
        Assert.Equal(large, await EchoAsync(large, "vector"));
    }

    [Fact]
    public async Task A_half_vector_larger_than_the_buffer_comes_back_whole()
    {
        var large = Halves([.. Enumerable.Range(0, 16_000).Select(i => i / 7d)]);
        Assert.Equal(large, await EchoAsync(large, "halfvec"));
    }

    [Fact]
    public async Task A_sparse_vector_larger_than_the_buffer_comes_back_whole()
    {
        var large = new SparseVector(Enumerable.Range(0, 15_000).ToDictionary(i => i * 10, i => i + 1f), 150_000);
        Assert.Equal(large, await EchoAsync(large, "sparsevec"));
    }

    [Fact]
    public void Synchronous_calls_carry_large_vectors_too()
    {
        var large = Halves([.. Enumerable.Range(0, 16_000).Select(i => i / 7d)]);
        using var command = postgres.DataSource.CreateCommand("SELECT $1::halfvec");
        command.Parameters.Add(new() { Value = large });
        Assert.Equal(large, command.ExecuteScalar());
    }

    [Fact]
    public async Task A_parameter_needs_no_cast()
    {
        await using var command = postgres.DataSource.CreateCommand("SELECT $1 <=> $2");
        command.Parameters.Add(new() { Value = Halves(1, 0) });
        command.Parameters.Add(new() { Value = Halves(0, 1) });
        Assert.Equal(1d, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task The_text_of_the_server_is_the_text_of_the_type()
    {
        await using var command = postgres.DataSource.CreateCommand("SELECT $1::text, $2::text, $3::text");
        command.Parameters.Add(new() { Value = new Vector("[1,2.5]") });
        command.Parameters.Add(new() { Value = Halves(1, 2.5) });
        command.Parameters.Add(new() { Value = new SparseVector("{2:2.5}/4") });
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        Assert.Equal(("[1,2.5]", "[1,2.5]", "{2:2.5}/4"), (reader.GetString(0), reader.GetString(1), reader.GetString(2)));
    }

    [Fact]
    public async Task Arrays_of_vectors_come_back_as_they_were_sent()
    {
        HalfVector[] vectors = [Halves(1, 2), Halves(3, 4)];
        Assert.Equal(vectors, await EchoAsync(vectors, "halfvec[]"));
    }

    [Fact]
    public async Task A_null_vector_is_a_database_null()
    {
        await using var command = postgres.DataSource.CreateCommand("SELECT $1::vector IS NULL");
        command.Parameters.Add(new() { Value = DBNull.Value, DataTypeName = "vector" });
        Assert.Equal(true, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Binary_copy_takes_vectors()
    {
        await using var connection = await postgres.DataSource.OpenConnectionAsync();
        await ExecuteAsync(connection, "CREATE TEMP TABLE copied (id int, embedding halfvec(3))");
        await using (var importer = await connection.BeginBinaryImportAsync("COPY copied FROM STDIN (FORMAT BINARY)"))
        {
            for (var id = 0; id < 1000; id++)
            {
                await importer.StartRowAsync();
                await importer.WriteAsync(id);
                await importer.WriteAsync(Halves(id, 1, 2));
            }

            await importer.CompleteAsync();
        }

        await using var command = new NpgsqlCommand("SELECT embedding FROM copied WHERE id = 999", connection);
        Assert.Equal(Halves(999, 1, 2), await command.ExecuteScalarAsync());
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<T> EchoAsync<T>(T value, string type)
    {
        await using var command = postgres.DataSource.CreateCommand($"SELECT $1::{type}");
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(reader.Read());
        return reader.GetFieldValue<T>(0);
    }
}
