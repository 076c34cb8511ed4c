namespace AiApp.Rag.Ingestion;

/// <summary>Files as they were read, by what was read and by which readers.</summary>
internal static class ReadingSql
{
    /// <summary>$5 the readers. The bytes are not fetched where a text is known.</summary>
    internal const string Load = """
        SELECT d.source_uri, d.media_type, collection.collection_id, collection.language::text, job.content_hash,
               CASE WHEN known.title IS NULL THEN content.bytes ELSE '' END,
               known.title, known.canonical_text, known.structure::text, known.reader_version, known.pages, known.pages_are_separate,
               known.valid_from, known.valid_until, known.language
        FROM job
        JOIN document AS d ON d.tenant_id = job.tenant_id AND d.document_id = job.document_id
        JOIN content ON content.tenant_id = job.tenant_id AND content.content_hash = job.content_hash
        JOIN collection ON collection.tenant_id = d.tenant_id AND collection.collection_id = d.collection_id
        CROSS JOIN LATERAL (SELECT reading_key(job.content_hash, d.source_uri, d.media_type, $5) OFFSET 0) AS wanted (reading_key)
        LEFT JOIN LATERAL (
            (SELECT title, canonical_text, structure, reader_version, pages, pages_are_separate, valid_from, valid_until, language
             FROM document_version AS v
             WHERE v.tenant_id = $1 AND v.content_hash = job.content_hash AND v.reading_key = wanted.reading_key AND NOT job.reads_anew
             ORDER BY version_id DESC
             LIMIT 1)
            UNION ALL
            SELECT title, canonical_text, structure, reader_version, pages, pages_are_separate, valid_from, valid_until, language
            FROM reading AS r
            WHERE r.tenant_id = $1 AND r.reading_key = wanted.reading_key AND NOT job.reads_anew
            LIMIT 1) AS known ON true
        WHERE job.tenant_id = $1 AND job.document_id = $2 AND job.job_id = $3 AND job.lease_token = $4
        """;

    /// <summary>
    /// $2 hash of the bytes, $3 path, $4 media type, $5 the readers; pages as text. The lock is that of the foreign key, taken first: a
    /// deletion of the bytes that is under way takes the reading with it.
    /// </summary>
    internal const string Keep = """
        INSERT INTO reading (tenant_id, reading_key, content_hash, title, canonical_text, structure, reader_version, pages, pages_are_separate,
            valid_from, valid_until, language)
        SELECT $1, reading_key(content_hash, $3, $4, $5), content_hash, $6, $7, $8::jsonb, $9, $10::integer[], $11, $12, $13, $14
        FROM (SELECT content_hash FROM content WHERE tenant_id = $1 AND content_hash = $2 FOR KEY SHARE) AS stored
        ON CONFLICT DO NOTHING
        """;

    /// <summary>Those that a version holds, and those that nobody came back for: $1 how long they are kept.</summary>
    internal const string Sweep = """
        DELETE FROM reading AS r
        WHERE r.created_at < now() - $1::interval
           OR EXISTS (SELECT FROM document_version AS v
                      WHERE v.tenant_id = r.tenant_id AND v.content_hash = r.content_hash AND v.reading_key = r.reading_key)
        """;
}
