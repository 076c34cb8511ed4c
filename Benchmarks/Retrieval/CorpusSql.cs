namespace AiApp.Benchmarks.Retrieval;

internal static class CorpusSql
{
    /// <summary>$1 tenant, $2 collection name.</summary>
    public const string CountChunks = """
        SELECT count(*)::integer FROM chunk JOIN collection USING (tenant_id, collection_id) WHERE tenant_id = $1 AND name = $2
        """;

    /// <summary>$1 tenant, $2 collection name, $3 limit. By hash, so that every part of the corpus is drawn from.</summary>
    public const string ListTitles = """
        SELECT title
        FROM document JOIN collection USING (tenant_id, collection_id)
        WHERE tenant_id = $1 AND name = $2 AND status = 'ready'
        ORDER BY md5(title), document_id
        LIMIT $3
        """;

    /// <summary>$1 tenant, $2 collection name, $3 limit. The last part of "title > section > subsection".</summary>
    public const string ListHeadings = """
        SELECT reverse(split_part(reverse(heading_path), ' > ', 1))
        FROM chunk JOIN collection USING (tenant_id, collection_id)
        WHERE tenant_id = $1 AND name = $2 AND heading_path LIKE '% > %'
        ORDER BY md5(heading_path), chunk_id
        LIMIT $3
        """;

    /// <summary>Kind, name and bytes of every relation of at least 100 kB.</summary>
    public const string ListSizes = """
        SELECT kind, name, bytes
        FROM (SELECT 'heap' AS kind, relname::text AS name, pg_relation_size(oid) AS bytes
              FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
              UNION ALL
              SELECT 'toast', relname::text, pg_total_relation_size(reltoastrelid)
              FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltoastrelid <> 0
              UNION ALL
              SELECT method.amname::text, relation.relname::text, pg_relation_size(relation.oid)
              FROM pg_class AS relation JOIN pg_am AS method ON method.oid = relation.relam
              WHERE relation.relkind = 'i' AND relation.relnamespace = 'public'::regnamespace) AS relation
        WHERE bytes >= 100000
        ORDER BY bytes DESC, name
        """;

    /// <summary>$1 name of an embedding space's table. No row when the table has no distance index.</summary>
    public const string FindDistanceIndex = """
        SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = $1 AND indexname = $1 || '_by_distance'
        """;

    /// <summary>{space} is the table of an embedding space.</summary>
    public const string DropDistanceIndex = "DROP INDEX {space}_by_distance";

    /// <summary>What a graph of some hundred thousand vectors needs to be built in memory.</summary>
    public const string BuildInMemory = "SELECT set_config('maintenance_work_mem', '1GB', true)";

    public const string ListBackends = """
        SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type IN ('client backend', 'parallel worker')
        """;

    public const string ListSettings = """
        SELECT name, current_setting(name)
        FROM pg_settings
        WHERE name IN ('server_version', 'shared_buffers', 'work_mem', 'maintenance_work_mem', 'effective_cache_size', 'random_page_cost',
                       'max_parallel_workers_per_gather', 'fsync', 'synchronous_commit', 'data_checksums', 'huge_pages')
        UNION ALL SELECT 'pgvector', extversion FROM pg_extension WHERE extname = 'vector'
        ORDER BY name
        """;

    /// <summary>What autovacuum does in time; figures must not depend on whether it has come by.</summary>
    public const string Vacuum = "VACUUM (ANALYZE)";
}
