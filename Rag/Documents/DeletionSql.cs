using AiApp.Rag.Access;

namespace AiApp.Rag.Documents;

/// <summary>One transaction, in this order; what a receipt counts is what these statements have removed. $1 tenant, $2 document.</summary>
internal static class DeletionSql
{
    /// <summary>$2 the caller's principals, $3 the document. Its lock comes before that of its job.</summary>
    internal const string Lock = $"""
        SELECT d.content_hash, c.name, d.source_uri, now()
        FROM document AS d JOIN collection AS c USING (tenant_id, collection_id)
        WHERE d.tenant_id = $1 AND d.document_id = $3 AND d.reader_set_id = ANY ({Permitted.Sets})
        FOR UPDATE OF d
        """;

    /// <summary>$2 one document.</summary>
    internal const string DeleteVectors = """
        SELECT model, dimensions, deleted_count
        FROM delete_vectors($1, ARRAY(SELECT chunk_id FROM chunk WHERE tenant_id = $1 AND document_id = $2))
        """;

    internal const string DeleteLexicalEntries =
        "SELECT delete_lexical_entries($1, ARRAY(SELECT chunk_id FROM chunk WHERE tenant_id = $1 AND document_id = $2))";

    internal const string DeleteChunks = "DELETE FROM chunk WHERE tenant_id = $1 AND document_id = $2 RETURNING chunk_id";

    /// <summary>The document's pointer to its current version is looked at when the transaction ends, and is gone by then.</summary>
    internal const string DeleteVersions = "DELETE FROM document_version WHERE tenant_id = $1 AND document_id = $2 RETURNING content_hash";

    internal const string Remember = """
        INSERT INTO deleted_document (tenant_id, collection_id, source_uri)
        SELECT tenant_id, collection_id, source_uri FROM document WHERE tenant_id = $1 AND document_id = $2
        ON CONFLICT (tenant_id, collection_id, source_uri) DO UPDATE SET deleted_at = now()
        """;

    internal const string Delete = "DELETE FROM document WHERE tenant_id = $1 AND document_id = $2";

    /// <summary>$2 the caller's principals, $3 hashes: those that a document which the caller may read holds as well.</summary>
    internal const string ListShared = $"""
        WITH permitted AS MATERIALIZED (SELECT {Permitted.Sets} AS ids)
        SELECT content_hash
        FROM document
        WHERE tenant_id = $1 AND content_hash = ANY ($3) AND reader_set_id = ANY ((SELECT ids FROM permitted)::integer[])
        UNION
        SELECT content_hash
        FROM document_version
        WHERE tenant_id = $1 AND content_hash = ANY ($3) AND reader_set_id = ANY ((SELECT ids FROM permitted)::integer[])
        """;

    /// <summary>By the database, because who else uses the bytes is not the caller's to see.</summary>
    internal const string ReleaseContents = "SELECT released_hash, size_bytes FROM release_contents($1, $2)";

    internal const string Notify = "SELECT pg_notify('document_changed', $1::integer || ':' || $2::uuid)";
}
