using AiApp.Rag.Access;

namespace AiApp.Rag.Retrieval.Remembering;

internal static class RememberedSql
{
    /// <summary>
    /// $1 tenant, $2 principals, $3 collection name or null, $4 collection ids and $5 the snapshot of the search. One row: whether the
    /// snapshot has seen all that was changed in the collections until now; when the server was started, because a snapshot says nothing
    /// of another one's transactions; the collections and the reader sets that the caller may read now; and the current embedding space,
    /// unless chunks may lack a vector in it.
    /// </summary>
    public const string Find = $"""
        SELECT NOT EXISTS (
                   SELECT FROM index_change
                   WHERE tenant_id = $1 AND collection_id = ANY ($4::integer[])
                     AND changed_in >= pg_snapshot_xmin($5::text::pg_snapshot)::text::bigint
                     AND NOT pg_visible_in_snapshot(changed_in::text::xid8, $5::text::pg_snapshot)),
               pg_postmaster_start_time(),
               ARRAY(SELECT collection_id FROM collection WHERE tenant_id = $1 AND ($3::text IS NULL OR name = $3)),
               {Permitted.Sets},
               (SELECT embedding_space_id FROM embedding_space WHERE state = 'current' AND filled_at IS NOT NULL)
        """;

    /// <summary>$1 age. By then no process remembers anything from before.</summary>
    public const string Sweep = "DELETE FROM index_change WHERE changed_at < now() - $1::interval";
}
