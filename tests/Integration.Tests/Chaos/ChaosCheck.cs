using AiApp.Integration.Tests.Hosting;

namespace AiApp.Integration.Tests.Chaos;

/// <summary>What must hold when everything has come to rest. Each returns a description of what does not; empty when all is well.</summary>
internal sealed class ChaosCheck(TestDatabase database, IReadOnlyList<ChaosDocument> documents)
{
    private static readonly Dictionary<string, string> Invariants = new(StringComparer.Ordinal)
    {
        ["a job whose lease is over"] = "SELECT document_id::text FROM job WHERE state = 'running' AND lease_until < now()",
        ["a document that is not ready"] = "SELECT source_uri || ' ' || status || ' ' || coalesce(failure_reason, '') FROM document WHERE status <> 'ready'",
        ["a chunk of a version that is not current"] =
            "SELECT c.chunk_id::text FROM chunk AS c LEFT JOIN document AS d USING (tenant_id, document_id) WHERE d.current_version_id IS DISTINCT FROM c.version_id",
        ["a document with chunks lost or doubled"] = """
            SELECT d.source_uri FROM document AS d JOIN document_version AS v ON v.tenant_id = d.tenant_id AND v.version_id = d.current_version_id
            WHERE v.chunk_count <> (SELECT count(DISTINCT c.ordinal) FROM chunk AS c WHERE c.tenant_id = d.tenant_id AND c.document_id = d.document_id)
               OR v.chunk_count <> (SELECT count(*) FROM chunk AS c WHERE c.tenant_id = d.tenant_id AND c.document_id = d.document_id)
            """,
        ["a chunk without its entry in the lexical index, or one too many"] =
            "SELECT coalesce(c.chunk_id, l.chunk_id)::text FROM chunk AS c FULL JOIN lexical_index AS l USING (tenant_id, chunk_id) WHERE c.chunk_id IS NULL OR l.chunk_id IS NULL",
        ["a chunk without its vector, or one too many"] =
            "SELECT coalesce(c.chunk_id, e.chunk_id)::text FROM chunk AS c FULL JOIN embedding_1 AS e USING (tenant_id, chunk_id) WHERE c.chunk_id IS NULL OR e.chunk_id IS NULL",
        ["a lexeme that is counted wrongly"] = """
            SELECT lexeme FROM (
                SELECT collection_id, lexeme, chunk_count FROM lexeme_statistic WHERE lexeme <> ''
                UNION ALL SELECT collection_id, unnest(tsvector_to_array(lexemes)), -1 FROM chunk) AS counted
            GROUP BY collection_id, lexeme HAVING sum(chunk_count) <> 0
            """,
        ["a number of readable chunks that is wrong"] = """
            SELECT reader_set_id::text FROM (
                SELECT collection_id, reader_set_id, chunk_count FROM chunk_statistic
                UNION ALL SELECT collection_id, reader_set_id, -1 FROM chunk) AS counted
            GROUP BY collection_id, reader_set_id HAVING sum(chunk_count) <> 0
            """,
        ["a version that no job or two jobs have made"] = """
            SELECT d.source_uri FROM document AS d
            WHERE (SELECT count(*) FROM document_version AS v WHERE v.tenant_id = d.tenant_id AND v.document_id = d.document_id)
               <> (SELECT count(*) FROM finished_job AS j WHERE j.tenant_id = d.tenant_id AND j.document_id = d.document_id AND j.state = 'completed')
            """,
    };

    public Task<long> CountUnfinishedAsync() => database.ReadAsync<long>("SELECT count(*) FROM job");

    public async Task<IReadOnlyList<string>> ListFaultsAsync()
    {
        var faults = new List<string>();
        foreach (var (name, sql) in Invariants)
        {
            var found = await database.ReadAsync<string>($"SELECT coalesce(count(*) || ': ' || min(fault), '') FROM ({sql}) AS violated (fault) HAVING count(*) > 0 UNION ALL SELECT '' LIMIT 1");
            if (found.Length > 0)
            {
                faults.Add($"{name}: {found}");
            }
        }
        faults.AddRange(await CompareAsync());
        return faults;
    }

    /// <summary>Every document as its last acknowledged call left it, and no other.</summary>
    private async Task<List<string>> CompareAsync()
    {
        var stored = new Dictionary<string, (string Text, long Copies)>(StringComparer.Ordinal);
        await using var connection = await database.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand("""
            SELECT d.source_uri, min(v.canonical_text), count(*)
            FROM document AS d JOIN document_version AS v ON v.tenant_id = d.tenant_id AND v.version_id = d.current_version_id
            GROUP BY d.source_uri
            """, connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            stored.Add(reader.GetString(0), (reader.GetString(1), reader.GetInt64(2)));
        }
        var faults = new List<string>();
        foreach (var document in documents)
        {
            var found = stored.Remove(document.SourceUri, out var version);
            var fault = (document.Exists, found) switch
            {
                (true, false) => "lost",
                (false, true) => "came back",
                (true, true) when version.Copies != 1 => "doubled",
                (true, true) when !ChaosDocument.EditionsIn(version.Text).SequenceEqual([document.Edition]) => $"is not of {document.Edition}",
                _ => null,
            };
            if (fault is not null)
            {
                faults.Add($"{document.SourceUri} {fault}");
            }
        }
        faults.AddRange(stored.Keys.Select(uri => $"{uri} was never uploaded"));
        return faults;
    }
}
