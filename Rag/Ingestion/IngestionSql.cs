namespace AiApp.Rag.Ingestion;

/// <summary>Publishing is one transaction over these, with the document locked first and the job second.</summary>
internal static class IngestionSql
{
    /// <summary>Progress may be lost in a crash of the server: it is not worth waiting for the disk.</summary>
    internal const string RelaxCommit = "SELECT set_config('synchronous_commit', 'off', true)";

    internal const string SetStage = """
        WITH shown AS (
            UPDATE document
            SET status = 'working', stage = $5, updated_at = now()
            WHERE tenant_id = $1 AND document_id = $2 AND status IN ('waiting', 'working')
              AND EXISTS (SELECT FROM job WHERE tenant_id = $1 AND document_id = $2 AND job_id = $3 AND lease_token = $4)
            RETURNING tenant_id, document_id
        )
        SELECT pg_notify('document_changed', tenant_id || ':' || document_id)
        FROM shown
        """;

    internal const string Load = """
        SELECT d.source_uri, d.media_type, content.bytes, collection.collection_id, collection.language::text, job.content_hash
        FROM job
        JOIN document AS d ON d.tenant_id = job.tenant_id AND d.document_id = job.document_id
        JOIN content ON content.tenant_id = job.tenant_id AND content.content_hash = job.content_hash
        JOIN collection ON collection.tenant_id = d.tenant_id AND collection.collection_id = d.collection_id
        WHERE job.tenant_id = $1 AND job.document_id = $2 AND job.job_id = $3 AND job.lease_token = $4
        """;

    internal const string SubtractStatistics = """
        WITH gone AS (
            INSERT INTO chunk_statistic (tenant_id, collection_id, reader_set_id, language, chunk_count)
            SELECT $1, collection_id, reader_set_id, language, -count(*)
            FROM chunk
            WHERE tenant_id = $1 AND document_id = $2
            GROUP BY collection_id, reader_set_id, language
        )
        INSERT INTO lexeme_statistic (tenant_id, collection_id, lexeme, chunk_count, max_weight)
        SELECT $1, collection_id, lexeme, -count(*), 0
        FROM chunk, unnest(tsvector_to_array(lexemes) || ''::text) AS lexeme
        WHERE tenant_id = $1 AND document_id = $2
        GROUP BY collection_id, lexeme
        """;

    internal const string Supersede = """
        UPDATE document_version
        SET superseded_at = now()
        WHERE tenant_id = $1 AND document_id = $2 AND superseded_at IS NULL
        """;

    /// <summary>Vectors of every embedding space go with their chunk.</summary>
    internal const string DeleteChunks = "DELETE FROM chunk WHERE tenant_id = $1 AND document_id = $2";

    internal const string AddVersion = """
        INSERT INTO document_version (tenant_id, document_id, number, content_hash, title, canonical_text, structure,
            reader_version, chunker_version, valid_from, valid_until, chunk_count, token_count, reader_set_id)
        SELECT $1, $2, coalesce((SELECT max(number) FROM document_version WHERE tenant_id = $1 AND document_id = $2), 0) + 1,
               $3, $4, $5, $6::jsonb, $7, $8, $9::date, $10::date, $11, $12, reader_set_id
        FROM document
        WHERE tenant_id = $1 AND document_id = $2
        """;

    /// <summary>
    /// One statement, so that nothing has to be found again by a plan made when
    /// the tables were small. OFFSET 0 keeps the planner from computing the lexemes once for each place that uses them.
    /// </summary>
    internal const string AddChunks = """
        WITH new AS (
            SELECT ordinal, text, heading_path, start_offset, length, token_count, page, $4::text::regconfig AS language,
                   to_tsvector($4::text::regconfig, heading_path || E'\n' || text || E'\n' || names) AS lexemes
            FROM unnest($5::integer[], $6::text[], $7::text[], $8::integer[], $9::integer[], $10::integer[], $11::text[], $12::integer[])
                AS given (ordinal, text, heading_path, start_offset, length, token_count, names, page)
            OFFSET 0
        ), weighted AS MATERIALIZED (
            SELECT ordinal, lexeme, dimension, weight
            FROM collection AS c, new, lexeme_weights(new.lexemes, c.bm25_average_length)
            WHERE c.tenant_id = $1 AND c.collection_id = $3
        ), added AS (
            INSERT INTO chunk (tenant_id, collection_id, document_id, version_id, ordinal, text, heading_path, start_offset, length,
                token_count, page, language, lexemes, reader_set_id)
            SELECT v.tenant_id, d.collection_id, v.document_id, v.version_id, n.ordinal, n.text, n.heading_path, n.start_offset, n.length,
                   n.token_count, n.page, n.language, n.lexemes, d.reader_set_id
            FROM document_version AS v
            JOIN document AS d ON d.tenant_id = v.tenant_id AND d.document_id = v.document_id
            CROSS JOIN new AS n
            WHERE v.tenant_id = $1 AND v.document_id = $2 AND v.superseded_at IS NULL
            RETURNING tenant_id, collection_id, chunk_id, ordinal, reader_set_id, language
        ), vector AS (
            SELECT ordinal, string_agg(dimension || ':' || weight, ',') AS elements
            FROM (SELECT ordinal, dimension, sum(weight) AS weight FROM weighted GROUP BY ordinal, dimension) AS element
            GROUP BY ordinal
        ), indexed AS (
            INSERT INTO lexical_index (chunk_id, tenant_id, collection_id, reader_set_id, bm25)
            SELECT chunk_id, tenant_id, collection_id, reader_set_id, ('{' || coalesce(elements, '') || '}/1000000000')::sparsevec
            FROM added LEFT JOIN vector USING (ordinal)
        ), counted AS (
            INSERT INTO lexeme_statistic (tenant_id, collection_id, lexeme, chunk_count, max_weight)
            SELECT $1, $3, lexeme, count(*), max(weight)
            FROM (SELECT lexeme, weight FROM weighted UNION ALL SELECT '', 0 FROM new) AS occurring
            GROUP BY lexeme
        ), permitted AS (
            INSERT INTO chunk_statistic (tenant_id, collection_id, reader_set_id, language, chunk_count)
            SELECT $1, $3, reader_set_id, language, count(*)
            FROM added
            GROUP BY reader_set_id, language
        )
        SELECT count(*) FROM added
        """;

    /// <summary>{space} is the table of the embedding space. Chunk by chunk through the unique index, whatever the planner knows of the tables.</summary>
    internal const string AddVectors = """
        INSERT INTO {space} (tenant_id, collection_id, reader_set_id, chunk_id, embedding)
        SELECT chunk.tenant_id, chunk.collection_id, chunk.reader_set_id, chunk.chunk_id, given.embedding
        FROM unnest($3::integer[], $4::halfvec[]) AS given (ordinal, embedding)
        CROSS JOIN LATERAL (
            SELECT tenant_id, collection_id, reader_set_id, chunk_id
            FROM chunk
            WHERE tenant_id = $1 AND ordinal = given.ordinal
              AND version_id = (SELECT version_id FROM document_version
                                WHERE tenant_id = $1 AND document_id = $2 AND superseded_at IS NULL)
            OFFSET 0) AS chunk
        """;

    internal const string ShowVersion = """
        WITH shown AS (
            UPDATE document AS d
            SET title = v.title, current_version_id = v.version_id, status = 'ready', stage = 'ready', updated_at = now()
            FROM document_version AS v
            WHERE d.tenant_id = $1 AND d.document_id = $2
              AND v.tenant_id = $1 AND v.document_id = $2 AND v.superseded_at IS NULL
            RETURNING d.tenant_id, d.document_id
        )
        SELECT pg_notify('document_changed', tenant_id || ':' || document_id)
        FROM shown
        """;

    /// <summary>Each publication adds one row for the empty lexeme: their number tells how scattered the statistics are.</summary>
    internal const string ListScattered = """
        SELECT tenant_id, collection_id
        FROM collection JOIN lexeme_statistic USING (tenant_id, collection_id)
        WHERE lexeme = ''
        GROUP BY tenant_id, collection_id
        HAVING count(*) > $1
        """;

    /// <summary>One merger at a time; a statement of its own, so that the merge sees what the one before it left.</summary>
    internal const string LockStatistics = "SELECT pg_advisory_xact_lock(hashtextextended('aiapp.lexeme_statistic ' || $1::integer || ' ' || $2::integer, 0))";

    /// <summary>
    /// Only rows seen here are merged: deltas committed meanwhile stay as they are, so no sum changes. Rows are named by
    /// their place, because a join by lexeme is planned badly on a table that has just grown from nothing.
    /// </summary>
    internal const string MergeStatistics = """
        WITH gone AS (
            DELETE FROM lexeme_statistic
            WHERE ctid = ANY (ARRAY(
                SELECT unnest(places)
                FROM (SELECT array_agg(ctid) AS places FROM lexeme_statistic
                      WHERE tenant_id = $1 AND collection_id = $2 GROUP BY lexeme HAVING count(*) > 1) AS several))
            RETURNING lexeme, chunk_count, max_weight
        )
        INSERT INTO lexeme_statistic (tenant_id, collection_id, lexeme, chunk_count, max_weight)
        SELECT $1, $2, lexeme, sum(chunk_count), max(max_weight)
        FROM gone
        GROUP BY lexeme
        HAVING sum(chunk_count) <> 0
        """;

    /// <summary>The same for the numbers of chunks, under the same lock.</summary>
    internal const string MergeChunkStatistics = """
        WITH gone AS (
            DELETE FROM chunk_statistic
            WHERE tenant_id = $1 AND collection_id = $2
            RETURNING reader_set_id, language, chunk_count
        )
        INSERT INTO chunk_statistic (tenant_id, collection_id, reader_set_id, language, chunk_count)
        SELECT $1, $2, reader_set_id, language, sum(chunk_count)
        FROM gone
        GROUP BY reader_set_id, language
        HAVING sum(chunk_count) <> 0
        """;

    /// <summary>Collections of at least $1 chunks that have doubled since their average length was measured.</summary>
    internal const string ListGrown = """
        SELECT tenant_id, collection_id
        FROM collection JOIN chunk_statistic USING (tenant_id, collection_id)
        GROUP BY tenant_id, collection_id, bm25_measured_chunks
        HAVING sum(chunk_count) >= greatest($1, 2 * bm25_measured_chunks)
        """;

    /// <summary>$1 collection. Whoever writes weights holds them until its transaction ends; who computes all of them anew waits for that.</summary>
    internal const string HoldWeights = "SELECT pg_advisory_xact_lock_shared(hashtextextended('aiapp.bm25 ' || $1::integer, 0))";

    internal const string HoldAllWeights = "SELECT pg_advisory_xact_lock(hashtextextended('aiapp.bm25 ' || $1::integer, 0))";

    /// <summary>$3: how far off the average may be, as a share. Whether it was further.</summary>
    internal const string MeasureLength = """
        WITH measured AS (
            SELECT count(*) AS chunks, avg((SELECT sum(cardinality(positions)) FROM unnest(lexemes)))::real AS average
            FROM chunk
            WHERE tenant_id = $1 AND collection_id = $2
        ), off AS (
            SELECT coalesce(average > 0 AND abs(average / bm25_average_length - 1) > $3, false) AS is_off
            FROM collection, measured
            WHERE tenant_id = $1 AND collection_id = $2
        )
        UPDATE collection
        SET bm25_measured_chunks = chunks, bm25_average_length = CASE WHEN is_off THEN average ELSE bm25_average_length END
        FROM measured, off
        WHERE tenant_id = $1 AND collection_id = $2
        RETURNING is_off
        """;

    internal const string TakeTime = "SELECT set_config('statement_timeout', '0', true)";

    /// <summary>
    /// The weights of all chunks of the collection and the largest of each lexeme, by the average length it has now. Bounds of lexemes that
    /// no chunk holds any more stay.
    /// </summary>
    internal const string Reweigh = """
        WITH weighted AS MATERIALIZED (
            SELECT chunk_id, lexeme, dimension, weight
            FROM collection, chunk, lexeme_weights(chunk.lexemes, bm25_average_length)
            WHERE collection.tenant_id = $1 AND collection.collection_id = $2 AND chunk.tenant_id = $1 AND chunk.collection_id = $2
        ), reweighed AS (
            UPDATE lexical_index AS entry
            SET bm25 = ('{' || elements || '}/1000000000')::sparsevec
            FROM (SELECT chunk_id, string_agg(dimension || ':' || weight, ',') AS elements
                  FROM (SELECT chunk_id, dimension, sum(weight) AS weight FROM weighted GROUP BY chunk_id, dimension) AS element
                  GROUP BY chunk_id) AS vector
            WHERE entry.tenant_id = $1 AND entry.chunk_id = vector.chunk_id
        )
        UPDATE lexeme_statistic AS statistic
        SET max_weight = largest.weight
        FROM (SELECT lexeme, max(weight) AS weight FROM weighted GROUP BY lexeme) AS largest
        WHERE statistic.tenant_id = $1 AND statistic.collection_id = $2 AND statistic.lexeme = largest.lexeme
        """;

    internal const string EnsureAnswerPartitions = "SELECT ensure_answer_partitions(7)";
}
