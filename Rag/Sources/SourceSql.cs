namespace AiApp.Rag.Sources;

/// <summary>For callers: row-level security leaves those sources whose readers the caller is one of.</summary>
internal static class SourceSql
{
    private const string Select = """
        SELECT s.source_id, s.name, s.settings::text, s.collection, s.prefix, r.principals, s.interval_seconds, s.enabled,
               s.removing, s.state = 'running', s.requested, s.confirmed_deletions, s.next_run_at, s.created_at,
               (SELECT count(*)::integer FROM source_item AS i
                WHERE i.tenant_id = s.tenant_id AND i.source_id = s.source_id AND i.document_id IS NOT NULL),
               l.run_id, l.started_at, l.finished_at, l.outcome, l.listed_count, l.added_count, l.changed_count, l.unchanged_count,
               l.deleted_count, l.rejected_count, l.failed_count, l.held_count, l.problems::text
        FROM source AS s
        JOIN reader_set AS r ON r.tenant_id = s.tenant_id AND r.reader_set_id = s.reader_set_id
        LEFT JOIN LATERAL (SELECT * FROM source_run AS run
                           WHERE run.tenant_id = s.tenant_id AND run.source_id = s.source_id
                           ORDER BY run.run_id DESC LIMIT 1) AS l ON true
        WHERE s.tenant_id = $1
        """;

    internal const string List = Select + " ORDER BY s.name";

    internal const string Find = Select + " AND s.source_id = $2";

    /// <summary>No row when the name is taken, also by a source that the caller does not see. $5 are the readers.</summary>
    internal const string Add = """
        INSERT INTO source (tenant_id, name, kind, settings, reader_set_id, collection, prefix, interval_seconds, enabled)
        SELECT $1, $2, $3, $4::text::jsonb, reader_set_id, $6, $7, $8, $9
        FROM reader_set
        WHERE tenant_id = $1 AND hash = principals_hash($5)
        ON CONFLICT DO NOTHING
        RETURNING source_id
        """;

    /// <summary>The collection, the prefix and the kind stay: they are the identity of the documents that there are.</summary>
    internal const string Replace = """
        UPDATE source AS s
        SET name = $3, settings = $5::text::jsonb, reader_set_id = given.reader_set_id, interval_seconds = $7, enabled = $8,
            requested = true, next_run_at = now()
        FROM reader_set AS given
        WHERE s.tenant_id = $1 AND s.source_id = $2 AND s.kind = $4 AND NOT s.removing
          AND given.tenant_id = $1 AND given.hash = principals_hash($6)
        RETURNING s.source_id
        """;

    internal const string SetEnabled = """
        UPDATE source SET enabled = $3, next_run_at = now() WHERE tenant_id = $1 AND source_id = $2 AND NOT removing
        """;

    internal const string RequestRun = """
        UPDATE source SET requested = true, next_run_at = now() WHERE tenant_id = $1 AND source_id = $2
        """;

    /// <summary>As many deletions as the last run held, and no more. $3: so many were seen; null when nobody says.</summary>
    internal const string Confirm = """
        UPDATE source AS s
        SET confirmed_deletions = held.held_count, requested = true, next_run_at = now()
        FROM (SELECT held_count FROM source_run
              WHERE tenant_id = $1 AND source_id = $2 AND outcome IS NOT NULL
              ORDER BY run_id DESC LIMIT 1) AS held
        WHERE s.tenant_id = $1 AND s.source_id = $2 AND held.held_count > 0 AND ($3::integer IS NULL OR held.held_count = $3)
        RETURNING held.held_count
        """;

    internal const string Delete = "DELETE FROM source WHERE tenant_id = $1 AND source_id = $2";

    internal const string DeleteWithDocuments = """
        UPDATE source SET removing = true, requested = true, next_run_at = now() WHERE tenant_id = $1 AND source_id = $2
        """;

    internal const string ListRuns = """
        SELECT run_id, started_at, finished_at, outcome, listed_count, added_count, changed_count, unchanged_count, deleted_count,
               rejected_count, failed_count, held_count, problems::text
        FROM source_run
        WHERE tenant_id = $1 AND source_id = $2
        ORDER BY run_id DESC
        LIMIT $3
        """;
}
