using Npgsql;

namespace AiApp.Rag.Storage;

/// <summary>Columns that may be null.</summary>
internal static class Columns
{
    public static DateTimeOffset? Instant(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    public static string? Text(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static int? Whole(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);
}
