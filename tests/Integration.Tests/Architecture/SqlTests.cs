using System.Reflection;
using System.Text.RegularExpressions;
using AiApp.Integration.Tests.Hosting;
using Npgsql;

namespace AiApp.Integration.Tests.Architecture;

public sealed partial class SqlTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static readonly string[] Preparable = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "MERGE", "VALUES"];

    [Fact]
    public async Task Every_statement_suits_the_migrated_schema()
    {
        await using var connection = await fixture.Api.Database.OpenAsync();
        var space = await ScalarAsync(connection, "SELECT table_name::text FROM ensure_embedding_space('a test', 8)");
        var failures = new List<string>();
        var statements = Statements().ToList();

        foreach (var (name, sql) in statements)
        {
            var statement = sql.Replace("{space}", space);
            try
            {
                await ExecuteAsync(connection, IsPreparable(statement) ? $"PREPARE statement AS {statement}" : statement);
                await ExecuteAsync(connection, "DEALLOCATE ALL");
            }
            catch (PostgresException wrong)
            {
                failures.Add($"{name}: {wrong.MessageText}");
            }
        }

        Assert.NotEmpty(statements);
        Assert.Empty(failures);
    }

    [Fact]
    public async Task Every_key_begins_with_the_tenant()
    {
        await using var connection = await fixture.Api.Database.OpenAsync();

        var others = await ScalarAsync(connection, """
            SELECT coalesce(string_agg(relation.relname, ', '), '')
            FROM pg_class AS relation
            JOIN pg_namespace AS namespace ON namespace.oid = relation.relnamespace AND namespace.nspname = 'public'
            LEFT JOIN pg_index AS key ON key.indrelid = relation.oid AND key.indisprimary
            JOIN pg_attribute AS first ON first.attrelid = relation.oid AND first.attnum = coalesce(key.indkey[0], 1)
            WHERE relation.relkind IN ('r', 'p') AND first.attname <> 'tenant_id'
              AND relation.relname NOT IN ('tenant', 'embedding_space', 'schema_migration', 'model_health')
            """);

        Assert.Equal("", others);
    }

    [Fact]
    public void Statements_stand_in_the_domain_and_in_what_measures_it()
    {
        var files = Repository.Files("*Sql.cs").Select(Repository.Relative);

        Assert.All(files, path => Assert.Matches("^(Rag|Database|Benchmarks|Evals)/", path));
    }

    /// <summary>Connections go back to the pool as they are; one that listens is kept for it, and those of the owner are closed.</summary>
    [Fact]
    public void No_statement_of_the_domain_leaves_a_setting_or_a_lock_behind() =>
        Assert.DoesNotContain(StatementsOf(typeof(Rag.Storage.AiAppDbContext).Assembly), statement => !statement.Name.StartsWith("MaintenanceSql.", StringComparison.Ordinal) && LeavesTraces().IsMatch(statement.Sql));

    [GeneratedRegex(@"^SET\b|set_config\([^;]*\bfalse\)|pg_(try_)?advisory_lock(_shared)?\(|\bTEMP(ORARY)?\s+TABLE")]
    private static partial Regex LeavesTraces();

    private static IEnumerable<(string Name, string Sql)> Statements() =>
        new[] { typeof(Rag.Storage.AiAppDbContext).Assembly, typeof(AiApp.Evals.EvaluationHost).Assembly, typeof(AiApp.Benchmarks.Retrieval.Legs).Assembly }
            .SelectMany(StatementsOf);

    private static IEnumerable<(string Name, string Sql)> StatementsOf(Assembly assembly) =>
        from type in assembly.GetTypes()
        where type.Name.EndsWith("Sql", StringComparison.Ordinal)
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        // COPY takes its rows from the client.
        where field.Name != "Copy"
        where field is { IsLiteral: true, IsPrivate: false } && field.FieldType == typeof(string)
        select ($"{type.Name}.{field.Name}", ((string)field.GetRawConstantValue()!).Trim());

    private static bool IsPreparable(string statement) => Preparable.Contains(statement.Split([' ', '\n', '('], 2)[0]);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
