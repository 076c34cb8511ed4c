using System.Security.Cryptography;
using System.Text;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;
using Pgvector;

namespace AiApp.Rag.Ingestion.Embedding;

/// <summary>Vectors that an embedding space holds already: the same text by the same model has the same vector.</summary>
internal sealed class KnownVectors(NpgsqlDataSource database)
{
    /// <summary>Those of the texts (see <see cref="EmbeddingBatcher.InputOf"/>) that a chunk of the tenant is embedded by.</summary>
    public async Task<Dictionary<string, Half[]>> FindAsync(TenantId tenant, EmbeddingSpace space, IReadOnlyList<string> texts, CancellationToken ct)
    {
        await using var command = database.Statement(
            space.In(EmbeddingSql.FindKnown), tenant, texts.Select(text => SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToArray());
        var known = new Dictionary<string, Half[]>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            known[texts[(int)reader.GetInt64(0) - 1]] = reader.GetFieldValue<HalfVector>(1).ToArray();
        }
        return known;
    }
}
