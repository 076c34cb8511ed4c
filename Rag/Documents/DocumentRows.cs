using System.Text.Json;
using System.Text.Json.Serialization;
using AiApp.Rag.Access;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Documents;

/// <summary>Rows of <see cref="DocumentSql"/> as records. Enum members and the schema's words differ in case only.</summary>
internal static class DocumentRows
{
    public static async Task<List<Document>> ListAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        var documents = new List<Document>();
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            documents.Add(Read(reader));
        }

        return documents;
    }

    public static string Word(DocumentStatus status) => status.ToString().ToLowerInvariant();

    public static string Word(DocumentStage stage) => stage.ToString().ToLowerInvariant();

    public static string WriteBlocks(IReadOnlyList<TextBlock> blocks) => JsonSerializer.Serialize(blocks, BlockJson.Default.IReadOnlyListTextBlock);

    public static IReadOnlyList<TextBlock> ReadBlocks(string json) => JsonSerializer.Deserialize(json, BlockJson.Default.IReadOnlyListTextBlock) ?? [];

    public static T? Nullable<T>(NpgsqlDataReader reader, int column) where T : struct =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);

    private static Document Read(NpgsqlDataReader reader) => new()
    {
        Tenant = new TenantId(reader.GetInt32(0)),
        Id = reader.GetGuid(1),
        Collection = reader.GetString(2),
        SourceUri = reader.GetString(3),
        Title = reader.GetString(4),
        MediaType = reader.GetString(5),
        SizeBytes = reader.GetInt64(6),
        Status = Enum.Parse<DocumentStatus>(reader.GetString(7), ignoreCase: true),
        Stage = Enum.Parse<DocumentStage>(reader.GetString(8), ignoreCase: true),
        FailureCode = reader.IsDBNull(9) ? null : reader.GetString(9),
        FailureReason = reader.IsDBNull(10) ? null : reader.GetString(10),
        Attempt = reader.GetInt32(11),
        VersionNumber = Nullable<int>(reader, 12),
        ChunkCount = Nullable<int>(reader, 13),
        ValidFrom = Nullable<DateOnly>(reader, 14),
        ValidUntil = Nullable<DateOnly>(reader, 15),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(16),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(17),
        Readers = reader.GetFieldValue<string[]>(18),
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(BlockKindConverter)])]
[JsonSerializable(typeof(IReadOnlyList<TextBlock>))]
internal sealed partial class BlockJson : JsonSerializerContext;

internal sealed class BlockKindConverter() : JsonStringEnumConverter<BlockKind>(JsonNamingPolicy.SnakeCaseLower);
