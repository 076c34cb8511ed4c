using AiApp.Rag.Access;

namespace AiApp.Rag.Documents;

/// <summary>$1 tenant, $2 the caller's principals.</summary>
internal static class KnownFileSql
{
    /// <summary>$3 collection, $4 paths.</summary>
    internal const string FindByPath = $"""
        SELECT d.document_id, c.name, d.source_uri, d.content_hash, d.size_bytes, d.status
        FROM collection AS c JOIN document AS d ON d.tenant_id = c.tenant_id AND d.collection_id = c.collection_id
        WHERE c.tenant_id = $1 AND c.name = $3 AND d.source_uri = ANY ($4) AND d.reader_set_id = ANY ({Permitted.Sets})
        """;

    /// <summary>$3 hashes: for each the document that has held the bytes longest.</summary>
    internal const string FindByContent = $"""
        SELECT DISTINCT ON (d.content_hash) d.document_id, c.name, d.source_uri, d.content_hash, d.size_bytes, d.status
        FROM document AS d JOIN collection AS c ON c.tenant_id = d.tenant_id AND c.collection_id = d.collection_id
        WHERE d.tenant_id = $1 AND d.content_hash = ANY ($3) AND d.reader_set_id = ANY ({Permitted.Sets})
        ORDER BY d.content_hash, d.created_at, d.document_id
        """;
}
