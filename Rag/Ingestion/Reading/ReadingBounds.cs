using AiApp.Rag.Jobs;

namespace AiApp.Rag.Ingestion.Reading;

/// <summary>
/// How much one document may be. Far above real ones: 10 million characters are a book of 5,000 pages, and 32,767 characters
/// are the most that Excel puts into a cell.
/// </summary>
internal static class ReadingBounds
{
    public const int Characters = 10_000_000;
    public const int TableRows = 100_000;
    public const int Columns = 1_000;
    public const int CellCharacters = 100_000;
    public const int XmlDepth = 500;
    public const int ArchiveEntries = 2_000;
    public const long UnpackedBytes = 200L * 1024 * 1024;

    /// <summary>Unpacked to packed, beyond the first <see cref="FreeBytes"/>: empty forms and sparse sheets pack well.</summary>
    public const int UnpackedRatio = 100;
    public const long FreeBytes = 1024 * 1024;

    public static void CheckColumns(int count)
    {
        if (count > Columns)
        {
            throw Exceeded($"a table has more than {Columns:N0} columns");
        }
    }

    public static void CheckRows(int count)
    {
        if (count > TableRows)
        {
            throw Exceeded($"its tables have more than {TableRows:N0} rows");
        }
    }

    public static string CheckCell(string cell) =>
        cell.Length <= CellCharacters ? cell : throw Exceeded($"a cell holds more than {CellCharacters:N0} characters");

    public static UnreadableDocumentException Exceeded(string what) =>
        new(FailureCodes.TooLarge, $"The document is too large to be read: {what}. Split it, or keep only what shall be found.");
}
