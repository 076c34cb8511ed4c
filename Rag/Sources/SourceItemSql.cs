namespace AiApp.Rag.Sources;

/// <summary>$1 tenant, $2 source, $3 the lease's token: without the lease nothing is written.</summary>
internal static class SourceItemSql
{
    internal const string List = """
        SELECT item_key, fingerprint, document_id, problem_code, problem_reason FROM source_item WHERE tenant_id = $1 AND source_id = $2
        """;

    private const string Held = """
        SELECT tenant_id, source_id FROM source
        WHERE tenant_id = $1 AND source_id = $2 AND lease_token = $3 AND state = 'running'
        FOR SHARE
        """;

    /// <summary>$4 item. From here on until it is recorded, or forgotten, the next run would take it up again.</summary>
    internal const string Begin = $"""
        WITH held AS ({Held})
        INSERT INTO source_item (tenant_id, source_id, item_key)
        SELECT tenant_id, source_id, $4 FROM held
        ON CONFLICT (tenant_id, source_id, item_key) DO UPDATE SET fingerprint = NULL
        RETURNING item_key
        """;

    /// <summary>$4 item, $5 fingerprint, $6 document or null to keep it, $7 and $8 the problem.</summary>
    internal const string Record = $"""
        WITH held AS ({Held})
        INSERT INTO source_item AS i (tenant_id, source_id, item_key, fingerprint, document_id, problem_code, problem_reason)
        SELECT tenant_id, source_id, $4, $5, $6::uuid, $7, $8 FROM held
        ON CONFLICT (tenant_id, source_id, item_key) DO UPDATE
        SET fingerprint = excluded.fingerprint, document_id = coalesce(excluded.document_id, i.document_id),
            problem_code = excluded.problem_code, problem_reason = excluded.problem_reason, changed_at = now()
        RETURNING i.item_key
        """;

    /// <summary>Without a lease: what was written beside the source's new owner is looked at again by the next run. $3 item.</summary>
    internal const string Doubt = """
        UPDATE source_item SET fingerprint = NULL WHERE tenant_id = $1 AND source_id = $2 AND item_key = $3
        """;

    /// <summary>$4 item, $5 collection, $6 source URI: what the source itself took away may come back with it.</summary>
    internal const string Forget = $"""
        WITH held AS ({Held}
        ), gone AS (
            DELETE FROM source_item AS i
            USING held
            WHERE i.tenant_id = held.tenant_id AND i.source_id = held.source_id AND i.item_key = $4
            RETURNING i.item_key, i.fingerprint
        ), forgotten AS (
            DELETE FROM deleted_document AS d
            USING collection AS c, gone
            WHERE d.tenant_id = $1 AND c.tenant_id = $1 AND c.collection_id = d.collection_id AND c.name = $5 AND d.source_uri = $6
              AND gone.fingerprint IS NULL
        )
        SELECT item_key FROM gone
        """;

    /// <summary>The document that has this place, whoever made it, and who may read it. $2 collection, $3 source URI.</summary>
    internal const string FindDocument = """
        SELECT d.document_id, r.principals
        FROM document AS d
        JOIN collection AS c ON c.tenant_id = d.tenant_id AND c.collection_id = d.collection_id
        JOIN reader_set AS r ON r.tenant_id = d.tenant_id AND r.reader_set_id = d.reader_set_id
        WHERE d.tenant_id = $1 AND c.name = $2 AND d.source_uri = $3
        """;

    /// <summary>Who may read a document, for whoever deletes it in their name. $2 document.</summary>
    internal const string FindReaders = """
        SELECT r.principals
        FROM document AS d
        JOIN reader_set AS r ON r.tenant_id = d.tenant_id AND r.reader_set_id = d.reader_set_id
        WHERE d.tenant_id = $1 AND d.document_id = $2
        """;
}
