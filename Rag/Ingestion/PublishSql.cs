namespace AiApp.Rag.Ingestion;

/// <summary>
/// Publishing is one transaction over these: documents are locked first and jobs second. $1 is the tenant and $2 the documents
/// wherever nothing else is said. What is joined to a list is joined laterally through its index, whatever the planner knows of tables
/// that were empty when it looked.
/// </summary>
internal static class PublishSql
{
    /// <summary>For the transaction: a plan made while the tables were empty would scan them for ever.</summary>
    internal const string UseIndexes = "SELECT set_config('enable_seqscan', 'off', true)";

    internal const string LockDocuments = "SELECT document_id FROM document WHERE tenant_id = $1 AND document_id = ANY ($2) ORDER BY document_id FOR UPDATE";

    /// <summary>$2 jobs, $3 their lease tokens. Those whose leases are still held.</summary>
    internal const string LockHeld = """
        SELECT job_id
        FROM job
        WHERE tenant_id = $1 AND job_id = ANY ($2::bigint[]) AND lease_token = ANY ($3::uuid[]) AND state = 'running'
        ORDER BY job_id
        FOR UPDATE
        """;

    internal const string SubtractStatistics = """
        WITH gone AS (
            INSERT INTO chunk_statistic (tenant_id, collection_id, reader_set_id, language, chunk_count)
            SELECT $1, collection_id, reader_set_id, language, -count(*)
            FROM chunk
            WHERE tenant_id = $1 AND document_id = ANY ($2)
            GROUP BY collection_id, reader_set_id, language
        )
        INSERT INTO lexeme_statistic (tenant_id, collection_id, lexeme, chunk_count, max_weight)
        SELECT $1, collection_id, lexeme, -count(*), 0
        FROM chunk, unnest(tsvector_to_array(lexemes) || ''::text) AS lexeme
        WHERE tenant_id = $1 AND document_id = ANY ($2)
        GROUP BY collection_id, lexeme
        """;

    /// <summary>Vectors of every embedding space go with their chunk.</summary>
    internal const string DeleteChunks = "DELETE FROM chunk WHERE tenant_id = $1 AND document_id = ANY ($2)";

    internal const string Supersede = """
        UPDATE document_version
        SET superseded_at = now()
        WHERE tenant_id = $1 AND document_id = ANY ($2) AND superseded_at IS NULL
        """;

    /// <summary>
    /// $3 to $15 in the order of the documents, but for the version of the chunker, $7; $16 are the readers. Arrays of pages come as text.
    /// </summary>
    internal const string AddVersions = """
        INSERT INTO document_version (tenant_id, document_id, number, content_hash, title, canonical_text, structure,
            reader_version, chunker_version, valid_from, valid_until, chunk_count, token_count, pages,
            pages_are_separate, language, reading_key, reader_set_id)
        SELECT $1, given.document_id,
               coalesce((SELECT max(number) FROM document_version AS older
                         WHERE older.tenant_id = $1 AND older.document_id = given.document_id), 0) + 1,
               content_hash, given.title, canonical_text, structure::jsonb, reader_version, $7, valid_from, valid_until, chunk_count, token_count,
               pages::integer[], pages_are_separate, language, reading_key(content_hash, d.source_uri, d.media_type, $16), d.reader_set_id
        FROM unnest($2::uuid[], $3::bytea[], $4::text[], $5::text[], $6::text[], $8::text[], $9::date[], $10::date[], $11::integer[], $12::integer[],
                    $13::text[], $14::boolean[], $15::text[])
            AS given (document_id, content_hash, title, canonical_text, structure, reader_version, valid_from, valid_until, chunk_count, token_count,
                      pages, pages_are_separate, language)
        CROSS JOIN LATERAL (SELECT reader_set_id, source_uri, media_type FROM document WHERE tenant_id = $1 AND document_id = given.document_id OFFSET 0) AS d
        """;

    /// <summary>
    /// $3 languages of the documents, $4 for each chunk the place of its document in $2, from 1, then the chunks' columns. One
    /// statement: what it adds is counted and indexed as it is added. Several documents together, because their common words are
    /// then counted once.
    /// </summary>
    internal const string AddChunks = """
        WITH published AS MATERIALIZED (
            SELECT given.place::integer AS place, given.document_id, given.language::regconfig AS language, v.version_id, d.collection_id, d.reader_set_id,
                   d.bm25_average_length
            FROM unnest($2::uuid[], $3::text[]) WITH ORDINALITY AS given (document_id, language, place)
            CROSS JOIN LATERAL (
                SELECT version_id FROM document_version
                WHERE tenant_id = $1 AND document_id = given.document_id AND superseded_at IS NULL OFFSET 0) AS v
            CROSS JOIN LATERAL (
                SELECT collection_id, reader_set_id, bm25_average_length
                FROM document JOIN collection USING (tenant_id, collection_id)
                WHERE tenant_id = $1 AND document_id = given.document_id OFFSET 0) AS d
        ), new AS MATERIALIZED (
            SELECT published.*, ordinal, text, heading_path, start_offset, length, token_count, page,
                   to_tsvector(language, heading_path || E'\n' || text || E'\n' || names) AS lexemes
            FROM unnest($4::integer[], $5::integer[], $6::text[], $7::text[], $8::integer[], $9::integer[], $10::integer[], $11::text[], $12::integer[])
                AS given (place, ordinal, text, heading_path, start_offset, length, token_count, names, page)
            JOIN published USING (place)
        ), weighted AS MATERIALIZED (
            SELECT place, ordinal, collection_id, lexeme, dimension, weight
            FROM new, lexeme_weights(new.lexemes, bm25_average_length)
        ), added AS (
            INSERT INTO chunk (tenant_id, collection_id, document_id, version_id, ordinal, text, heading_path, start_offset, length,
                token_count, page, language, lexemes, reader_set_id)
            SELECT $1, collection_id, document_id, version_id, ordinal, text, heading_path, start_offset, length, token_count, page, language,
                   lexemes, reader_set_id
            FROM new
            RETURNING collection_id, chunk_id, version_id, ordinal, reader_set_id, language
        ), vector AS (
            SELECT place, ordinal, string_agg(dimension || ':' || weight, ',') AS elements
            FROM (SELECT place, ordinal, dimension, sum(weight) AS weight FROM weighted GROUP BY place, ordinal, dimension) AS element
            GROUP BY place, ordinal
        ), indexed AS (
            INSERT INTO lexical_index (chunk_id, tenant_id, collection_id, reader_set_id, bm25)
            SELECT chunk_id, $1, added.collection_id, added.reader_set_id, ('{' || coalesce(elements, '') || '}/1000000000')::sparsevec
            FROM added JOIN published USING (version_id) LEFT JOIN vector USING (place, ordinal)
        ), counted AS (
            INSERT INTO lexeme_statistic (tenant_id, collection_id, lexeme, chunk_count, max_weight)
            SELECT $1, collection_id, lexeme, count(*), max(weight)
            FROM (SELECT collection_id, lexeme, weight FROM weighted UNION ALL SELECT collection_id, '', 0 FROM new) AS occurring
            GROUP BY collection_id, lexeme
        ), permitted AS (
            INSERT INTO chunk_statistic (tenant_id, collection_id, reader_set_id, language, chunk_count)
            SELECT $1, collection_id, reader_set_id, language, count(*)
            FROM added
            GROUP BY collection_id, reader_set_id, language
        )
        SELECT count(*) FROM added
        """;

    /// <summary>{space} is the table of the embedding space. $2 to $4: for each vector its document, the chunk's ordinal, and itself.</summary>
    internal const string AddVectors = """
        INSERT INTO {space} (tenant_id, collection_id, reader_set_id, chunk_id, embedding)
        SELECT chunk.tenant_id, chunk.collection_id, chunk.reader_set_id, chunk.chunk_id, given.embedding
        FROM unnest($2::uuid[], $3::integer[], $4::halfvec[]) AS given (document_id, ordinal, embedding)
        CROSS JOIN LATERAL (
            SELECT tenant_id, collection_id, reader_set_id, chunk_id
            FROM chunk
            WHERE tenant_id = $1 AND document_id = given.document_id AND ordinal = given.ordinal
            OFFSET 0) AS chunk
        """;

    internal const string ShowVersions = """
        WITH shown AS (
            UPDATE document AS d
            SET title = v.title, current_version_id = v.version_id, status = 'ready', stage = 'ready', updated_at = now()
            FROM unnest($2::uuid[]) AS given (document_id)
            CROSS JOIN LATERAL (
                SELECT version_id, title FROM document_version
                WHERE tenant_id = $1 AND document_id = given.document_id AND superseded_at IS NULL OFFSET 0) AS v
            WHERE d.tenant_id = $1 AND d.document_id = given.document_id
            RETURNING d.tenant_id, d.document_id
        )
        SELECT pg_notify('document_changed', tenant_id || ':' || document_id)
        FROM shown
        """;

    /// <summary>$2 jobs, which are locked, $3 the times of their stages as JSON.</summary>
    internal const string Complete = """
        WITH completed AS (
            DELETE FROM job
            WHERE tenant_id = $1 AND job_id = ANY ($2::bigint[])
            RETURNING *
        )
        INSERT INTO finished_job (tenant_id, job_id, document_id, state, attempt, crash_count, created_at, started_at, chunk_count, stages)
        SELECT tenant_id, job_id, document_id, 'completed', attempt, crash_count, created_at, started_at,
               (SELECT v.chunk_count FROM document_version AS v
                WHERE v.tenant_id = $1 AND v.document_id = completed.document_id AND v.superseded_at IS NULL),
               (SELECT given.stages::jsonb FROM unnest($2::bigint[], $3::text[]) AS given (job_id, stages) WHERE given.job_id = completed.job_id)
        FROM completed
        """;
}
