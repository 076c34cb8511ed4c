using AiApp.Rag.Access;
using AiApp.Rag.Answering;
using AiApp.Rag.Storage;
using Npgsql;

namespace AiApp.Rag.Caching.Shadows;

internal sealed class ShadowStore(NpgsqlDataSource database)
{
    public async Task AddAsync(Shadow shadow, Answer anew, bool isSame, CancellationToken ct)
    {
        await using var batch = database.ReadAs(shadow.Question.Tenant, shadow.Question.Principals).Append(
            ShadowSql.Add, shadow.Question.Tenant, shadow.Given.Id, anew.Id, shadow.Given.Cached!.AnswerId, isSame);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        await reader.ReadAsync(ct);
    }
}
