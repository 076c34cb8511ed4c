using AiApp.Rag.Documents;

namespace AiApp.Rag.Ingestion.Chunking;

/// <summary>
/// What stands between two headings. <see cref="Start"/> is that of its own heading where it has one, <see cref="Parent"/>
/// that of the heading above it: -1 for the document itself, -2 for what stands before the first heading.
/// </summary>
internal sealed record Section(int Start, int Parent, string ParentPath, string Path, IReadOnlyList<TextBlock> Blocks)
{
    private const int MaxHeadingLength = 200;
    private const string Separator = " > ";

    private sealed record Heading(int Start, int Level, string Text);

    public static List<Section> Split(string text, IReadOnlyList<TextBlock> blocks, string title)
    {
        var sections = new List<Section>();
        var headings = new List<Heading>();
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
            headings.Add(new Heading(block.Start, block.Level, Shorten(text.Substring(block.Start, block.Length))));
        }

        Add(sections, start, title, headings, body);
        return sections;
    }

    private static void Add(List<Section> sections, int start, string title, List<Heading> headings, List<TextBlock> body)
    {
        if (body.Count > 0)
        {
            var parent = headings.Count > 1 ? headings[^2].Start : headings.Count - 2;
            sections.Add(new Section(start, parent, Join(title, headings.SkipLast(1)), Join(title, headings), body));
        }
    }

    /// <summary>A first heading that only repeats the title is not said twice.</summary>
    private static string Join(string title, IEnumerable<Heading> headings)
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
