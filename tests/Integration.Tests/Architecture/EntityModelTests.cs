using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AiApp.Integration.Tests.Architecture;

public sealed class EntityModelTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_model_maps_the_tables_as_the_migrations_made_them()
    {
        var contexts = fixture.Api.Services.GetRequiredService<IDbContextFactory<AiAppDbContext>>();
        await using var context = await contexts.CreateDbContextAsync();

        foreach (var entity in context.Model.GetEntityTypes())
        {
            Assert.Equal(await ReadTableAsync(entity.GetTableName()!), ReadModel(entity));
            Assert.Equal(await ReadKeyAsync(entity.GetTableName()!), entity.FindPrimaryKey()!.Properties.Select(key => key.GetColumnName()));
        }
    }

    private static IEnumerable<string> ReadModel(IEntityType entity) => entity.GetProperties()
        .Select(property => $"{property.GetColumnName()} {property.GetColumnType()}{(property.IsNullable ? "" : " NOT NULL")}")
        .Order(StringComparer.Ordinal);

    private async Task<IEnumerable<string>> ReadTableAsync(string table) => (await ListAsync(
        """
        SELECT attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
        FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped
        """, table)).Order(StringComparer.Ordinal);

    private Task<List<string>> ReadKeyAsync(string table) => ListAsync(
        """
        SELECT attname::text FROM pg_index, unnest(indkey::smallint[]) WITH ORDINALITY AS key (number, place)
        JOIN pg_attribute ON attnum = key.number
        WHERE indrelid = $1::regclass AND indisprimary AND attrelid = indrelid ORDER BY key.place
        """, table);

    private async Task<List<string>> ListAsync(string sql, string table)
    {
        await using var connection = await fixture.Api.Database.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = table } } };
        await using var rows = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await rows.ReadAsync())
        {
            lines.Add(rows.GetString(0));
        }
        return lines;
    }
}
