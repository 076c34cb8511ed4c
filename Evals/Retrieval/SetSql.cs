namespace AiApp.Evals.Retrieval;

internal static class SetSql
{
    /// <summary>$1 tenant, $2 collection name, $3 text-search configuration. Before the first document: chunks keep the language they were indexed in.</summary>
    public const string SetLanguage = """
        INSERT INTO collection (tenant_id, name, language)
        VALUES ($1, $2, $3::text::regconfig)
        ON CONFLICT ON CONSTRAINT collection_name_is_unique DO UPDATE SET language = excluded.language
        """;

    /// <summary>$1 tenant, $2 collection name. Documents that are searchable with the bytes they were last given.</summary>
    public const string ListDocuments = """
        SELECT source_uri, content_hash
        FROM document JOIN collection USING (tenant_id, collection_id)
        WHERE tenant_id = $1 AND name = $2 AND status = 'ready'
        """;

    /// <summary>$1 tenant, $2 collection name.</summary>
    public const string ListChunks = """
        SELECT chunk_id, source_uri
        FROM chunk
        JOIN document USING (tenant_id, document_id)
        JOIN collection ON collection.tenant_id = chunk.tenant_id AND collection.collection_id = chunk.collection_id
        WHERE chunk.tenant_id = $1 AND name = $2
        """;

    public const string Analyze = "ANALYZE";
}
