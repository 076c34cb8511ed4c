-- What a chunk is embedded by, so that no text of a tenant is embedded twice by one model: a new version finds the vectors of
-- the chunks that have not changed, and a copy those of the original.
CREATE FUNCTION embedding_input_hash(heading_path text, text text) RETURNS bytea
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    -- Called stable only because other encodings depend on settings.
    RETURN sha256(convert_to(heading_path || E'\n' || text, 'UTF8'));

CREATE INDEX chunk_by_embedding_input ON chunk (tenant_id, embedding_input_hash(heading_path, text));
