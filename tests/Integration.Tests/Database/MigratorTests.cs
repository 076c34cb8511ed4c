using AiApp.Database;
using AiApp.Integration.Tests.Hosting;
using Npgsql;

namespace AiApp.Integration.Tests.Database;

public sealed class MigratorTests
{
    [Fact]
    public async Task An_empty_server_is_brought_up_to_date_and_a_second_run_changes_nothing()
    {
        await using var database = TestDatabase.Unmade();

        Assert.Equal(Migration.ReadAll().Count, await database.MigrateAsync());
        Assert.Equal(0, await database.MigrateAsync());

        Assert.Equal(Migration.ReadAll().Count, await database.ReadAsync<long>("SELECT count(*) FROM schema_migration"));
    }

    [Fact]
    public async Task Two_migrators_at_once_apply_each_file_once()
    {
        await using var database = TestDatabase.Unmade();

        var applied = await Task.WhenAll(database.MigrateAsync(), database.MigrateAsync(), database.MigrateAsync());

        Assert.Equal(Migration.ReadAll().Count, applied.Sum());
    }

    [Fact]
    public async Task A_file_changed_after_it_was_applied_is_refused_by_name()
    {
        await using var database = await TestDatabase.CreateAsync();
        await ExecuteAsync(database, "UPDATE schema_migration SET checksum = 'another' WHERE number = 2");

        var refusal = await Assert.ThrowsAsync<MigrationException>(database.MigrateAsync);

        Assert.Contains("0002_documents.sql has changed", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("new migration", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_fails_leaves_nothing_of_itself()
    {
        await using var database = TestDatabase.Unmade();
        await database.MigrateAsync();
        await ExecuteAsync(database, "DELETE FROM schema_migration WHERE number = 5; ALTER TABLE finished_job RENAME TO kept; ALTER TABLE job RENAME TO old_job");

        var failure = await Assert.ThrowsAsync<MigrationException>(database.MigrateAsync);

        Assert.Contains("0005_jobs.sql failed", failure.Message, StringComparison.Ordinal);
        Assert.False(await database.ReadAsync<bool>("SELECT to_regclass('job') IS NOT NULL"));
    }

    [Fact]
    public async Task A_server_that_refuses_the_login_is_said_at_once()
    {
        var login = new NpgsqlConnectionStringBuilder(TestServers.Postgres) { Username = "nobody_of_this_name", Password = "wrong" };
        var migrator = new Migrator(Microsoft.Extensions.Logging.Abstractions.NullLogger<Migrator>.Instance, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<MigrationException>(() => migrator.MigrateAsync(login.ConnectionString, CancellationToken.None));

        Assert.Contains("refuses the connection", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checksum_does_not_see_line_ends()
    {
        Assert.Equal(Migration.Parse("0001_a.sql", "SELECT 1;\nSELECT 2;\n").Checksum, Migration.Parse("0001_a.sql", "SELECT 1;\r\nSELECT 2;\r\n").Checksum);
    }

    [Theory]
    [InlineData("0001_a.sql", "-- no transaction\nCREATE INDEX CONCURRENTLY a ON b (c)")]
    [InlineData("1_a.sql", "SELECT 1")]
    [InlineData("a.sql", "SELECT 1")]
    public void A_file_must_be_numbered_and_give_its_reason_for_no_transaction(string name, string sql) =>
        Assert.Throws<MigrationException>(() => Migration.Parse(name, sql));

    [Fact]
    public void A_file_with_a_reason_runs_without_a_transaction() =>
        Assert.False(Migration.Parse("0009_a.sql", "-- no transaction\n-- an index of a large table must not stop writers\nSELECT 1").InTransaction);

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var connection = await database.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
