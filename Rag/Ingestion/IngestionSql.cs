namespace AiApp.Rag.Ingestion;

/// <summary>What ingestion reads, shows and tidies up; see <see cref="PublishSql"/> for what it publishes.</summary>
internal static class IngestionSql
{
    /// <summary>Progress may be lost in a crash of the server: it is not worth waiting for the disk.</summary>
    internal const string RelaxCommit = "SELECT set_config('synchronous_commit', 'off', true)";

    /// <summary>$2 documents, which are locked, $3 lease tokens of their jobs.</summary>
    internal const string ShowStage = """
        WITH shown AS (
            UPDATE document AS d
            SET status = 'working', stage = $4, updated_at = now()
            WHERE tenant_id = $1 AND document_id = ANY ($2)
              AND EXISTS (SELECT FROM job WHERE tenant_id = $1 AND document_id = d.document_id AND lease_token = ANY ($3::uuid[]))
            RETURNING tenant_id, document_id
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
