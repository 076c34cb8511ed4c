using AiApp.Rag.Access;

namespace AiApp.Rag.Agents.Tools;

internal static class AgentToolSql
{
    /// <summary>
    /// $1 tenant, $2 principals, $3 document, $4 collection or null, $5 and $6 first and last page or null, $7 offset, $8 how many. Of the
    /// current version, which alone has chunks.
    /// </summary>
    public const string ListPassages = $"""
        SELECT c.chunk_id, c.collection_id, c.document_id, c.version_id, v.number, v.title, d.source_uri, c.heading_path, c.text,
               c.start_offset, c.length, c.page, v.valid_from, v.valid_until, v.pages, v.changed_in
        FROM document AS d
        JOIN document_version AS v ON v.tenant_id = d.tenant_id AND v.version_id = d.current_version_id
        JOIN chunk AS c ON c.tenant_id = d.tenant_id AND c.version_id = d.current_version_id
        WHERE d.tenant_id = $1 AND d.document_id = $3 AND d.reader_set_id = ANY ({Permitted.Sets})
          AND ($4::text IS NULL OR d.collection_id = (SELECT collection_id FROM collection WHERE tenant_id = $1 AND name = $4))
          AND ($5::integer IS NULL OR c.page >= $5) AND ($6::integer IS NULL OR c.page <= $6)
          AND c.start_offset >= $7
        ORDER BY c.ordinal
        LIMIT $8
        """;

    /// <summary>$1 tenant, $2 principals, $3 collection or null.</summary>
    public const string ListCollections = $"""
        SELECT name, count(*)::integer
        FROM collection AS c
        JOIN document AS d ON d.tenant_id = c.tenant_id AND d.collection_id = c.collection_id
        WHERE c.tenant_id = $1 AND d.tenant_id = $1 AND d.current_version_id IS NOT NULL AND d.reader_set_id = ANY ({Permitted.Sets})
          AND ($3::text IS NULL OR c.name = $3)
        GROUP BY name
        ORDER BY name
        LIMIT 200
        """;
}
