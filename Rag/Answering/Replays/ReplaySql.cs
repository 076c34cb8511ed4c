using AiApp.Rag.Access;

namespace AiApp.Rag.Answering.Replays;

/// <summary>$1 tenant.</summary>
internal static class ReplaySql
{
    /// <summary>$2 answer.</summary>
    internal const string FindState = """
        SELECT c.name, a.collection_id IS NOT NULL AND c.collection_id IS NULL, a.query_terms
        FROM answer AS a
        LEFT JOIN collection AS c ON c.tenant_id = a.tenant_id AND c.collection_id = a.collection_id
        WHERE a.tenant_id = $1 AND a.answer_id = $2
        """;

    /// <summary>$2 principals, $3 documents: the number of the version that each has today.</summary>
    internal const string CurrentVersions = $"""
        SELECT d.document_id, v.number
        FROM document AS d
        JOIN document_version AS v ON v.tenant_id = d.tenant_id AND v.version_id = d.current_version_id
        WHERE d.tenant_id = $1 AND d.document_id = ANY ($3) AND d.reader_set_id = ANY ({Permitted.Sets})
        """;
}
