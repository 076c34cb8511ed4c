using AiApp.Rag.Access;
using AiApp.Rag.Storage;
using AiApp.Rag.Text;
using Npgsql;

namespace AiApp.Rag.Retrieval.Lexical;

internal sealed class LexicalStore(NpgsqlDataSource database)
{
    public async Task<LexicalQuery> AnalyzeAsync(SearchScope scope, SearchText question, CancellationToken ct)
    {
        await using var batch = database.CreateBatch().Append(
            LexicalSql.AnalyzeQuestion, scope.Tenant, scope.CollectionIds, scope.Languages,
            Identifiers.AppendTo(question.Words), question.Phrases.ToArray());
        if (question.IsConstrained)
        {
            batch.Append(LexicalSql.FindConstraint, scope.Languages, question.Phrases.ToArray(), question.Exclusions.ToArray());
        }
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var rows = new List<QuestionLexeme>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new(reader.GetString(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt64(3), reader.GetFloat(4), reader.GetBoolean(5)));
        }
        var constrained = await reader.NextResultAsync(ct) && await reader.ReadAsync(ct) && !await reader.IsDBNullAsync(0, ct);
        return LexicalQuery.Create(rows, constrained ? reader.GetString(0) : null);
    }

    public Task<List<LegHit>> SearchAsync(SearchScope scope, LexicalQuery query, MaxScorePlans plans, int depth, CancellationToken ct) =>
        ReadAsync(scope, LexicalSql.Search, ct, query.Vector, depth, plans.Thresholds, plans.Plans, plans.Counts, query.Constraint);

    /// <summary>The best of all chunks the caller may read; for a query without a constraint.</summary>
    public Task<List<LegHit>> ScoreAllAsync(SearchScope scope, LexicalQuery query, int depth, CancellationToken ct) =>
        ReadAsync(scope, LexicalSql.ScoreAll, ct, query.Vector, depth);

    private async Task<List<LegHit>> ReadAsync(SearchScope scope, string sql, CancellationToken ct, params object?[] arguments)
    {
        await using var batch = database.ReadAs(scope.Tenant, scope.Principals)
            .Append(sql, [scope.Tenant, scope.CollectionIds, scope.ReaderSetIds, .. arguments]);
        return await batch.ReadHitsAsync(ct);
    }
}
