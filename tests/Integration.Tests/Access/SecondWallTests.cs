using AiApp.Integration.Tests.Ingestion;
using AiApp.Rag.Access;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Integration.Tests.Access;

/// <summary>What the database itself allows the two roles.</summary>
public sealed class SecondWallTests(IngestionFixture fixture) : IClassFixture<IngestionFixture>
{
    private const string App = "aiapp_app";
    private const string Worker = "aiapp_worker";

    [Theory]
    [InlineData(App)]
    [InlineData(Worker)]
    public async Task A_role_of_the_application_owns_nothing_and_is_bound_by_policies(string role)
    {
        Assert.Equal("false false false false false", await fixture.ReadAsync<string>(
            "SELECT concat_ws(' ', rolsuper::text, rolbypassrls::text, rolcanlogin::text, rolcreaterole::text, rolcreatedb::text) FROM pg_roles WHERE rolname = $1", role));
        Assert.Equal(0L, await fixture.ReadAsync<long>(
            "SELECT count(*) FROM pg_shdepend WHERE refobjid = $1::regrole AND refclassid = 'pg_authid'::regclass AND deptype = 'o'", role));
    }

    [Fact]
    public async Task The_role_that_serves_callers_cannot_become_the_one_that_sees_everything() =>
        Assert.False(await fixture.ReadAsync<bool>("SELECT pg_has_role($1, $2, 'MEMBER')", App, Worker));

    [Fact]
    public async Task Every_table_that_knows_readers_has_policies_for_both_roles_or_is_closed_to_the_application()
    {
        var open = await fixture.ReadAsync<string>("""
            SELECT coalesce(string_agg(relation.relname, ', '), '')
            FROM pg_class AS relation
            JOIN pg_attribute ON attrelid = relation.oid AND attname = 'reader_set_id' AND NOT attisdropped
            WHERE relation.relnamespace = 'public'::regnamespace AND relation.relkind IN ('r', 'p')
              AND has_table_privilege('aiapp_app', relation.oid, 'SELECT')
              AND NOT (relation.relrowsecurity
                       AND (SELECT count(*) FROM pg_policy WHERE polrelid = relation.oid AND polroles IN (ARRAY['aiapp_app'::regrole::oid], ARRAY['aiapp_worker'::regrole::oid])) = 2)
            """);

        Assert.Equal("", open);
    }

    [Fact]
    public async Task Nobody_is_shown_anything_before_the_transaction_says_for_whom_it_reads()
    {
        var tenant = await fixture.NewTenantAsync();
        await fixture.IngestAsync(tenant, (await fixture.AddAsync(tenant, "a.md", "text")).DocumentId);
        await AddSourceAsync(tenant);

        foreach (var table in await ListTablesAsync())
        {
            Assert.True(table.StartsWith("permitted_", StringComparison.Ordinal) || await CountAsync(Worker, table) > 0, table);
            Assert.Equal(0L, await CountAsync(App, table));
        }
    }

    [Fact]
    public async Task A_row_is_seen_by_its_readers_in_its_tenant_only()
    {
        var (tenant, other) = (await fixture.NewTenantAsync(), await fixture.NewTenantAsync());
        var anna = PrincipalSet.Of("user:anna");
        await fixture.IngestAsync(tenant, (await fixture.AddAsync(tenant, "a.md", "text", ["user:anna"])).DocumentId, anna);
        await AddSourceAsync(tenant);

        foreach (var table in await ListTablesAsync())
        {
            Assert.True(await CountAsync(App, table, tenant, anna) > 0, table);
            Assert.Equal(0L, await CountAsync(App, table, tenant, PrincipalSet.Of("user:bob", "group:anna")));
            Assert.Equal(0L, await CountAsync(App, table, other, anna));
        }
    }

    [Fact]
    public async Task Uploaded_bytes_cannot_be_read_back_by_the_role_that_serves_callers()
    {
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => CountAsync(App, "content", count: "max(length(bytes))"));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    private async Task<string[]> ListTablesAsync() => (await fixture.ReadAsync<string>("""
        SELECT string_agg(relation.relname, ' ')
        FROM pg_class AS relation
        JOIN pg_attribute ON attrelid = relation.oid AND attname = 'reader_set_id' AND NOT attisdropped
        WHERE relation.relnamespace = 'public'::regnamespace AND relation.relkind IN ('r', 'p', 'v')
          AND has_table_privilege('aiapp_app', relation.oid, 'SELECT') AND relation.relname <> 'reader_set'
        """)).Split(' ').Concat(["source_run", "source_item", "archive_document"]).ToArray();

    /// <summary>With the readers of the tenant's document, and what hangs on a source and on a document.</summary>
    private Task<int> AddSourceAsync(TenantId tenant) => fixture.ReadAsync<int>("""
        WITH made AS (
            INSERT INTO source (tenant_id, name, kind, settings, collection, prefix, reader_set_id, interval_seconds)
            SELECT tenant_id, 's', 'folder', '{"kind":"folder","path":"/srv"}', 'default', 's/', reader_set_id, 60 FROM document WHERE tenant_id = $1
            RETURNING tenant_id, source_id
        ), run AS (
            INSERT INTO source_run (tenant_id, source_id) SELECT tenant_id, source_id FROM made
        ), item AS (
            INSERT INTO source_item (tenant_id, source_id, item_key) SELECT tenant_id, source_id, 'a.md' FROM made
        ), archived AS (
            INSERT INTO archive_document (tenant_id, document_id) SELECT tenant_id, document_id FROM document WHERE tenant_id = $1
        )
        SELECT 1 FROM made
        """, tenant);

    private async Task<long> CountAsync(string role, string table, TenantId? tenant = null, PrincipalSet? caller = null, string count = "count(*)")
    {
        await using var connection = await fixture.Database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.Append("SELECT set_config('role', $1, true)", role);
        if (tenant is { } value)
        {
            batch.AppendCaller(value, caller!);
        }
        await batch.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand($"SELECT ({count})::bigint FROM {table}", connection, transaction);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
