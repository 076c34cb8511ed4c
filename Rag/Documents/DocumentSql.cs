using AiApp.Rag.Access;

namespace AiApp.Rag.Documents;

/// <summary>
/// Locks are taken in the order document, content, job everywhere, so that no two of these can deadlock. Where $2 is the
/// caller's principals, a document that the caller may not read is as good as absent.
/// </summary>
internal static class DocumentSql
{
    internal const string Listen = "LISTEN document_changed";

    internal const string AddCollection = """
        INSERT INTO collection (tenant_id, name)
        SELECT $1, $2
        WHERE NOT EXISTS (SELECT FROM collection WHERE tenant_id = $1 AND name = $2)
        ON CONFLICT DO NOTHING
        """;

    /// <summary>
    /// $1 tenant, $2 collection, $3 path, $4 the readers. No row when the path is taken, also by a document that the caller may
    /// not read. Not DO UPDATE: Postgres fails the whole statement when the row in the way is hidden by a policy.
    /// </summary>
    internal const string Add = """
        INSERT INTO document (tenant_id, collection_id, source_uri, reader_set_id, title, media_type, size_bytes, content_hash)
        SELECT $1, collection_id, $3, reader_set_id, $5, $6, $7, $8
        FROM collection JOIN reader_set USING (tenant_id)
        WHERE tenant_id = $1 AND name = $2 AND hash = principals_hash($4)
        ON CONFLICT ON CONSTRAINT document_identity_is_collection_and_source DO NOTHING
        RETURNING document_id
        """;

    /// <summary>No row when the newest upload has the same bytes and has neither failed nor been cancelled. A document that is there keeps its readers.</summary>
    internal const string Replace = $"""
        UPDATE document AS known
        SET media_type = $5, size_bytes = $6, content_hash = $7,
            status = 'waiting', stage = 'received', failure_code = NULL, failure_reason = NULL, updated_at = now()
        FROM collection
        WHERE collection.tenant_id = $1 AND collection.name = $3
          AND known.tenant_id = $1 AND known.collection_id = collection.collection_id AND known.source_uri = $4
          AND (known.content_hash <> $7 OR known.status IN ('failed', 'cancelled'))
          AND known.reader_set_id = ANY ({Permitted.Sets})
        RETURNING known.document_id
        """;

    /// <summary>No row right after <see cref="Add"/>: the path belongs to a document that the caller may not read.</summary>
    internal const string FindId = $"""
        SELECT document_id
        FROM document JOIN collection USING (tenant_id, collection_id)
        WHERE tenant_id = $1 AND name = $3 AND source_uri = $4 AND reader_set_id = ANY ({Permitted.Sets})
        """;

    /// <summary>Every copy of the readers changes with it (trigger document_readers_are_spread). $4 are the new readers.</summary>
    internal const string SetReaders = $"""
        WITH changed AS (
            UPDATE document AS d
            SET reader_set_id = given.reader_set_id, updated_at = now()
            FROM reader_set AS given
            WHERE d.tenant_id = $1 AND d.document_id = $3 AND given.tenant_id = $1 AND given.hash = principals_hash($4)
              AND d.reader_set_id <> given.reader_set_id AND d.reader_set_id = ANY ({Permitted.Sets})
            RETURNING d.tenant_id, d.document_id
        )
        SELECT pg_notify('document_changed', tenant_id || ':' || document_id)
        FROM changed
        """;

    /// <summary>Touching bytes that are there already locks them against a deletion under way, and against the sweep.</summary>
    internal const string AddContent = """
        INSERT INTO content (tenant_id, content_hash, bytes)
        VALUES ($1, $2, $3)
        ON CONFLICT (tenant_id, content_hash) DO UPDATE SET created_at = now()
        """;

    /// <summary>A live job starts anew with the new bytes; its worker loses the lease and can publish nothing.</summary>
    internal const string AddJob = """
        INSERT INTO job (tenant_id, document_id, content_hash, priority)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT ON CONSTRAINT job_is_single_per_document DO UPDATE
        SET content_hash = excluded.content_hash, priority = excluded.priority, state = 'available', attempt = 0, crash_count = 0, run_at = now(),
            lease_until = NULL, lease_token = NULL, reason = NULL, created_at = now(), started_at = NULL, reads_anew = false
        """;

    /// <summary>$2 documents of the caller's last upload, $3 the class.</summary>
    internal const string SetClass = "UPDATE job SET priority = $3 WHERE tenant_id = $1 AND document_id = ANY ($2) AND state = 'available'";

    internal const string Notify =
        "SELECT pg_notify('document_changed', $1::integer || ':' || $2::uuid), pg_notify('job_available', '')";

    private const string Select = $"""
        SELECT d.tenant_id, d.document_id, c.name, d.source_uri, d.title, d.media_type, d.size_bytes, d.status, d.stage,
               d.failure_code, d.failure_reason, coalesce(j.attempt, 0)::integer, v.number, v.chunk_count,
               v.valid_from, v.valid_until, d.created_at, d.updated_at, r.principals
        FROM document AS d
        JOIN collection AS c ON c.tenant_id = d.tenant_id AND c.collection_id = d.collection_id
        JOIN reader_set AS r ON r.tenant_id = d.tenant_id AND r.reader_set_id = d.reader_set_id
        LEFT JOIN document_version AS v ON v.tenant_id = d.tenant_id AND v.version_id = d.current_version_id
        LEFT JOIN job AS j ON j.tenant_id = d.tenant_id AND j.document_id = d.document_id
        WHERE d.tenant_id = $1 AND d.reader_set_id = ANY ({Permitted.Sets})
        """;

    internal const string Find = Select + " AND d.document_id = $3";

    internal const string FindMany = Select + " AND d.document_id = ANY ($3) ORDER BY d.updated_at";

    internal const string List = Select + """
         AND (d.updated_at < $3 OR (d.updated_at = $3 AND d.document_id > $4))
        ORDER BY d.updated_at DESC, d.document_id
        LIMIT $5
        """;

    internal const string ListByStatus = Select + """
         AND d.status = $6 AND (d.updated_at < $3 OR (d.updated_at = $3 AND d.document_id > $4))
        ORDER BY d.updated_at DESC, d.document_id
        LIMIT $5
        """;

    internal const string ListChanged =
        $"SELECT document_id, updated_at FROM document WHERE tenant_id = $1 AND updated_at > $3 AND reader_set_id = ANY ({Permitted.Sets})";

    internal const string ReadClock = "SELECT now()";

    internal const string Summarize = $"""
        WITH permitted AS MATERIALIZED (SELECT {Permitted.Sets} AS ids)
        SELECT count(*) FILTER (WHERE status = 'waiting')::integer, count(*) FILTER (WHERE status = 'working')::integer,
               count(*) FILTER (WHERE status = 'ready')::integer, count(*) FILTER (WHERE status = 'failed')::integer,
               count(*) FILTER (WHERE status = 'cancelled')::integer,
               (SELECT coalesce(sum(chunk_count), 0)::integer
                FROM collection JOIN chunk_statistic USING (tenant_id, collection_id)
                WHERE tenant_id = $1 AND reader_set_id = ANY ((SELECT ids FROM permitted)::integer[]))
        FROM document
        WHERE tenant_id = $1 AND reader_set_id = ANY ((SELECT ids FROM permitted)::integer[])
        """;

    internal const string FindText = $"""
        SELECT v.version_id, v.number, (SELECT max(number) FROM document_version WHERE tenant_id = $1 AND document_id = $3),
               v.title, d.source_uri, v.valid_from, v.valid_until, v.canonical_text, v.structure::text
        FROM document AS d
        JOIN document_version AS v ON v.tenant_id = d.tenant_id AND v.document_id = d.document_id
        WHERE d.tenant_id = $1 AND d.document_id = $3 AND v.version_id = coalesce($4::bigint, d.current_version_id)
          AND d.reader_set_id = ANY ({Permitted.Sets})
        """;

    internal const string ForgetDeletion = """
        DELETE FROM deleted_document
        WHERE tenant_id = $1
          AND (collection_id, source_uri) = (SELECT collection_id, source_uri FROM document WHERE tenant_id = $1 AND document_id = $2)
        """;

    internal const string ListDeleted = """
        SELECT source_uri
        FROM deleted_document JOIN collection USING (tenant_id, collection_id)
        WHERE tenant_id = $1 AND name = $2
        """;

    /// <summary>Bytes of uploads that were replaced before they were published. An hour is far longer than any upload's transaction.</summary>
    internal const string SweepContents = """
        DELETE FROM content AS c
        WHERE c.created_at < now() - interval '1 hour'
          AND NOT EXISTS (SELECT FROM document AS d WHERE d.tenant_id = c.tenant_id AND d.content_hash = c.content_hash)
          AND NOT EXISTS (SELECT FROM document_version AS v WHERE v.tenant_id = c.tenant_id AND v.content_hash = c.content_hash)
        """;

    /// <summary>$4 whether the file is read again even where its text is known.</summary>
    internal const string Retry = $"""
        WITH stopped AS (
            UPDATE document
            SET status = 'waiting', stage = 'received', failure_code = NULL, failure_reason = NULL, updated_at = now()
            WHERE tenant_id = $1 AND document_id = $3 AND status IN ('failed', 'cancelled') AND reader_set_id = ANY ({Permitted.Sets})
            RETURNING tenant_id, document_id, content_hash
        ), queued AS (
            INSERT INTO job (tenant_id, document_id, content_hash, reads_anew)
            SELECT tenant_id, document_id, content_hash, $4 FROM stopped
            ON CONFLICT DO NOTHING
        )
        SELECT pg_notify('document_changed', tenant_id || ':' || document_id), pg_notify('job_available', '')
        FROM stopped
        """;

    /// <summary>$3 the document, $4 how many, from the newest. Its first column tells whether there is such a document.</summary>
    internal const string ListEvents = $"""
        SELECT at, kind, attempt::integer, e.stage, code, reason, stages::text
        FROM document AS d
        LEFT JOIN LATERAL (
            SELECT * FROM job_event WHERE job_event.tenant_id = $1 AND job_event.document_id = $3 ORDER BY event_id DESC LIMIT $4) AS e ON true
        WHERE d.tenant_id = $1 AND d.document_id = $3 AND d.reader_set_id = ANY ({Permitted.Sets})
        ORDER BY event_id
        """;

    /// <summary>$3 the document. Its lock comes before that of its job.</summary>
    internal const string Lock = $"""
        SELECT document_id
        FROM document
        WHERE tenant_id = $1 AND document_id = $3 AND reader_set_id = ANY ({Permitted.Sets})
        FOR UPDATE
        """;
}
