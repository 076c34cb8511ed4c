using AiApp.Rag.Access;
using AiApp.Rag.Storage;
using Npgsql;

namespace AiApp.Rag.Retrieval.Lexical;

internal sealed class LexicalStore(NpgsqlDataSource database)
{
    public async Task<LexicalQuery> AnalyzeAsync(SearchScope scope, string question, CancellationToken ct)
    {
        await using var command = database.Statement(
            LexicalSql.AnalyzeQuestion, scope.Tenant, scope.CollectionIds, scope.Languages, question);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<(string, int, int, long)>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add((reader.GetString(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt64(3)));
        }
        return LexicalQuery.Create(rows);
    }

    public async Task<List<LegHit>> SearchAsync(SearchScope scope, string candidates, string vector, int depth, CancellationToken ct)
    {
        await using var batch = database.ReadAs(scope.Tenant, scope.Principals)
            .Append(LexicalSql.LexicalLeg, scope.Tenant, scope.CollectionIds, candidates, vector, depth, scope.ReaderSetIds);
        return await batch.ReadHitsAsync(ct);
    }
}
