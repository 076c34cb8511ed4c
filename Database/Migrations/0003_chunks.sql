-- A lexeme's dimension in the bm25 vectors. hashtextextended is stable across releases of Postgres because hash
-- partitions depend on it; "C" keeps it independent of the database's collation. pgvector allows 1e9 dimensions.
CREATE FUNCTION lexeme_dimension(lexeme text) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ((hashtextextended(lexeme COLLATE "C", 0) & 9223372036854775807) % 1000000000 + 1)::integer;

-- Number of lexeme occurrences in a chunk: BM25's document length (stop words do not count).
CREATE FUNCTION lexeme_count(lexemes tsvector) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT coalesce(sum(cardinality(positions)), 0)::integer FROM unnest(lexemes));

-- BM25 weight of each lexeme without IDF (k1 = 1.2, b = 0.75): w = tf*(k1+1) / (tf + k1*(1-b+b*length/average)).
-- IDF stands on the query's side, so it is always live: score = -(bm25 <#> query).
CREATE FUNCTION bm25_weights(lexemes tsvector, average_length real) RETURNS sparsevec
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (
        SELECT ('{' || coalesce(string_agg(dimension || ':' || weight, ','), '') || '}/1000000000')::sparsevec
        FROM (
            SELECT lexeme_dimension(lexeme) AS dimension,
                   sum(tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * total / average_length)))::real AS weight
            -- The total by a window: as a call of lexeme_count it would be computed once per lexeme, fifteen times slower.
            FROM (SELECT lexeme, cardinality(positions)::real AS tf, sum(cardinality(positions)) OVER ()::real AS total
                  FROM unnest(lexemes)) AS term
            GROUP BY 1
        ) AS weighted
    );

-- Chunks of current versions only: publishing a version replaces them in one transaction. Superseded versions keep
-- their canonical text, which is all that a citation needs.
CREATE TABLE chunk (
    tenant_id     integer NOT NULL,
    chunk_id      bigint GENERATED ALWAYS AS IDENTITY,
    collection_id integer NOT NULL,
    document_id   uuid NOT NULL,
    version_id    bigint NOT NULL,
    ordinal       integer NOT NULL,
    text          text NOT NULL,
    -- "title > section > subsection": indexed with the text, never quoted.
    heading_path  text NOT NULL,
    start_offset  integer NOT NULL,
    length        integer NOT NULL,
    page          integer,
    token_count   integer NOT NULL,
    language      regconfig NOT NULL,
    lexemes       tsvector NOT NULL,
    bm25          sparsevec NOT NULL,
    PRIMARY KEY (tenant_id, chunk_id),
    FOREIGN KEY (tenant_id, version_id) REFERENCES document_version ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, document_id) REFERENCES document ON DELETE CASCADE,
    CONSTRAINT chunk_ordinal_is_unique UNIQUE (tenant_id, version_id, ordinal),
    CONSTRAINT chunk_span_is_valid CHECK (start_offset >= 0 AND length > 0)
);

CREATE INDEX chunk_by_lexeme ON chunk USING gin (lexemes) WITH (fastupdate = off);
CREATE INDEX chunk_by_document ON chunk (tenant_id, document_id, ordinal);

-- Document frequencies as append-only deltas, written by the publishing transaction and merged in the background:
-- no hot rows, no deadlocks. The empty lexeme carries the number of chunks (N).
CREATE TABLE lexeme_statistic (
    tenant_id     integer NOT NULL,
    collection_id integer NOT NULL,
    lexeme        text COLLATE "C" NOT NULL,
    chunk_count   integer NOT NULL
);

CREATE INDEX lexeme_statistic_by_lexeme ON lexeme_statistic (tenant_id, collection_id, lexeme) INCLUDE (chunk_count);
