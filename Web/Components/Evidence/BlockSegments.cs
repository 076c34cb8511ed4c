using AiApp.Contracts;

namespace AiApp.Web.Components.Evidence;

internal enum SegmentMark
{
    None,
    Passage,
    Quote,
}

/// <summary>A run of a block's text under one mark.</summary>
internal readonly record struct BlockSegment(int Start, string Text, SegmentMark Mark);

internal static class BlockSegments
{
    /// <summary>Cuts a block where the highlight begins and ends in it.</summary>
    public static IReadOnlyList<BlockSegment> Split(string text, BlockDto block, Highlight? highlight)
    {
        var start = Math.Clamp(block.Start, 0, text.Length);
        var end = Math.Clamp(block.Start + block.Length, start, text.Length);
        if (highlight is null)
        {
            return [new BlockSegment(start, text[start..end], SegmentMark.None)];
        }
        int[] cuts =
        [
            .. new[] { start, end, highlight.Passage.Start, highlight.Passage.End, highlight.Quote?.Start ?? start, highlight.Quote?.End ?? end }
                .Where(cut => cut >= start && cut <= end)
                .Distinct()
                .Order(),
        ];
        var segments = new List<BlockSegment>(cuts.Length);
        for (var index = 0; index + 1 < cuts.Length; index++)
        {
            segments.Add(new BlockSegment(cuts[index], text[cuts[index]..cuts[index + 1]], MarkAt(cuts[index], highlight)));
        }
        return segments;
    }

    private static SegmentMark MarkAt(int offset, Highlight highlight) =>
        Covers(highlight.Quote, offset) ? SegmentMark.Quote
        : Covers(highlight.Passage, offset) ? SegmentMark.Passage
        : SegmentMark.None;

    private static bool Covers(TextSpan? span, int offset) => span is { } some && offset >= some.Start && offset < some.End;
}
