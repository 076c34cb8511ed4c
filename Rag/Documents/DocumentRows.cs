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

    /// <summary>Null without a row; a document without events has one that is empty.</summary>
    public static async Task<IReadOnlyList<DocumentEvent>?> ListEventsAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        if (!await reader.ReadAsync(ct))
        {
            return null;
        }
        var events = new List<DocumentEvent>();
        do
        {
            if (!reader.IsDBNull(0))
            {
                events.Add(new()
                {
                    At = reader.GetFieldValue<DateTimeOffset>(0),
                    Kind = reader.GetString(1),
                    Attempt = reader.GetInt32(2),
                    Stage = reader.IsDBNull(3) ? null : reader.GetString(3),
                    Code = reader.IsDBNull(4) ? null : reader.GetString(4),
                    Reason = reader.IsDBNull(5) ? null : reader.GetString(5),
                    Stages = reader.IsDBNull(6) ? null : JsonSerializer.Deserialize(reader.GetString(6), StagesJson.Default.DictionaryStringDouble),
                });
            }
        }
        while (await reader.ReadAsync(ct));
        return events;
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

[JsonSerializable(typeof(Dictionary<string, double>))]
internal sealed partial class StagesJson : JsonSerializerContext;

internal sealed class BlockKindConverter() : JsonStringEnumConverter<BlockKind>(JsonNamingPolicy.SnakeCaseLower);
