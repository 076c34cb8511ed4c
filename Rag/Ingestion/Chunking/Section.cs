using AiApp.Rag.Documents;

namespace AiApp.Rag.Ingestion.Chunking;

/// <summary>What stands between two headings. <see cref="Start"/> is that of its own heading where it has one.</summary>
internal sealed record Section(int Start, string ParentPath, string Path, IReadOnlyList<TextBlock> Blocks)
{
    private const int MaxHeadingLength = 200;
    private const string Separator = " > ";

    public static List<Section> Split(string text, IReadOnlyList<TextBlock> blocks, string title)
    {
        var sections = new List<Section>();
        var headings = new List<(int Level, string Text)>();
        var body = new List<TextBlock>();
        var start = 0;
        foreach (var block in blocks)
        {
            if (block.Kind != BlockKind.Heading)
            {
                body.Add(block);
                continue;
            }

            Add(sections, start, title, headings, body);
            body = [];
            start = block.Start;
            headings.RemoveAll(h => h.Level >= block.Level);
            headings.Add((block.Level, Shorten(text.Substring(block.Start, block.Length))));
        }

        Add(sections, start, title, headings, body);
        return sections;
    }

    private static void Add(List<Section> sections, int start, string title, List<(int Level, string Text)> headings, List<TextBlock> body)
    {
        if (body.Count > 0)
        {
            sections.Add(new Section(start, Join(title, headings.SkipLast(1)), Join(title, headings), body));
        }
    }

    /// <summary>A first heading that only repeats the title is not said twice.</summary>
    private static string Join(string title, IEnumerable<(int Level, string Text)> headings)
    {
        var names = headings.Select(h => h.Text).ToList();
        if (names is [var first, ..] && title.StartsWith(first, StringComparison.OrdinalIgnoreCase))
        {
            names.RemoveAt(0);
        }

        return string.Join(Separator, [Shorten(title), .. names]);
    }

    private static string Shorten(string heading) =>
        heading.Length <= MaxHeadingLength ? heading
        : heading[..(char.IsHighSurrogate(heading[MaxHeadingLength - 1]) ? MaxHeadingLength - 1 : MaxHeadingLength)];
}
