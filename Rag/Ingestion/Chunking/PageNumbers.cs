using AiApp.Rag.Ingestion.Reading;

namespace AiApp.Rag.Ingestion.Chunking;

/// <summary>The page that an offset of the canonical text stands on.</summary>
internal static class PageNumbers
{
    public static int? Of(int offset, IReadOnlyList<PageStart> pages)
    {
        var (low, high) = (0, pages.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = pages[middle].Start <= offset ? (middle + 1, high) : (low, middle);
        }

        return low > 0 ? pages[low - 1].Number : null;
    }

    /// <summary>As an array of Postgres: number and start of each page, one after the other. Null without pages.</summary>
    public static string? Write(IReadOnlyList<PageStart> pages) =>
        pages.Count == 0 ? null : $"{{{string.Join(',', pages.Select(page => $"{page.Number},{page.Start}"))}}}";

    public static IReadOnlyList<PageStart> Read(int[] pages) => [.. pages.Chunk(2).Select(page => new PageStart(page[0], page[1]))];

    public static List<Chunk> Set(List<Chunk> chunks, IReadOnlyList<PageStart> pages) =>
        pages.Count == 0 ? chunks : [.. chunks.Select(chunk => chunk with { Page = Of(chunk.Start, pages) })];
}
