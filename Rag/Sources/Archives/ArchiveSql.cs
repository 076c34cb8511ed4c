using AiApp.Rag.Access;

namespace AiApp.Rag.Sources.Archives;

/// <summary>$2 are the caller's principals.</summary>
internal static class ArchiveSql
{
    /// <summary>$3 collection, $4 source URI.</summary>
    internal const string FindDocument = $"""
        SELECT document_id
        FROM document JOIN collection USING (tenant_id, collection_id)
        WHERE tenant_id = $1 AND name = $3 AND source_uri = $4 AND reader_set_id = ANY ({Permitted.Sets})
        """;

    internal const string Add = "INSERT INTO archive_document (tenant_id, document_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";

    /// <summary>What archives have made below a prefix. $3 collection, $4 prefix.</summary>
    internal const string List = $"""
        SELECT document_id, source_uri
        FROM archive_document JOIN document USING (tenant_id, document_id) JOIN collection USING (tenant_id, collection_id)
        WHERE tenant_id = $1 AND name = $3 AND starts_with(source_uri, $4) AND reader_set_id = ANY ({Permitted.Sets})
        ORDER BY source_uri
        """;
}
