namespace AiApp.Database;

internal static class MigratorSql
{
    // Polled, never waited for inside one statement: a waiting statement holds a snapshot, and CREATE INDEX CONCURRENTLY
    // of the migrator that has the lock would wait for it.
    internal const string TryLock = "SELECT pg_try_advisory_lock(hashtextextended('aiapp.migrator', 0))";

    internal const string Unlock = "SELECT pg_advisory_unlock(hashtextextended('aiapp.migrator', 0))";

    internal const string CreateJournal =
        """
        CREATE TABLE IF NOT EXISTS schema_migration (
            number     integer PRIMARY KEY,
            name       text NOT NULL,
            checksum   text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now()
        )
        """;

    internal const string ListApplied = "SELECT number, name, checksum FROM schema_migration ORDER BY number";

    internal const string AddApplied = "INSERT INTO schema_migration (number, name, checksum) VALUES ($1, $2, $3)";
}
