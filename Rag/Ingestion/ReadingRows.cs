using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion.Chunking;
using AiApp.Rag.Ingestion.Reading;
using Npgsql;

namespace AiApp.Rag.Ingestion;

/// <summary>Rows of <see cref="ReadingSql.Load"/>.</summary>
internal static class ReadingRows
{
    public static Upload Read(NpgsqlDataReader reader) => new()
    {
        SourceUri = reader.GetString(0),
        MediaType = reader.GetString(1),
        CollectionId = reader.GetInt32(2),
        CollectionLanguage = reader.GetString(3),
        ContentHash = reader.GetFieldValue<byte[]>(4),
        Bytes = reader.GetFieldValue<byte[]>(5),
        Reading = reader.IsDBNull(6) ? null : ReadDocument(reader),
    };

    private static ReadDocument ReadDocument(NpgsqlDataReader reader) => new()
    {
        Title = reader.GetString(6),
        CanonicalText = reader.GetString(7),
        Blocks = DocumentRows.ReadBlocks(reader.GetString(8)),
        ReaderVersion = reader.GetString(9),
        Pages = reader.IsDBNull(10) ? [] : PageNumbers.Read(reader.GetFieldValue<int[]>(10)),
        PagesAreSeparate = reader.GetBoolean(11),
        ValidFrom = DocumentRows.Nullable<DateOnly>(reader, 12),
        ValidUntil = DocumentRows.Nullable<DateOnly>(reader, 13),
        Language = reader.IsDBNull(14) ? null : reader.GetString(14),
    };
}
