using AiApp.Contracts;
using AiApp.Web.Components.Evidence;

namespace AiApp.Web.Tests.Evidence;

public sealed class BlockSegmentsTests
{
    private const string Text = "Heading\n\nBefore. The quote. After.";

    private static readonly BlockDto Heading = new() { Kind = "heading", Start = 0, Length = 7, Level = 1 };
    private static readonly BlockDto Paragraph = new() { Kind = "paragraph", Start = 9, Length = 25 };

    [Fact]
    public void The_quote_is_strong_and_the_passage_around_it_pale()
    {
        var segments = BlockSegments.Split(Text, Paragraph, new Highlight(new TextSpan(9, 18), new TextSpan(17, 10)));

        Assert.Equal(
            [(SegmentMark.Passage, "Before. "), (SegmentMark.Quote, "The quote."), (SegmentMark.None, " After.")],
            segments.Select(segment => (segment.Mark, segment.Text)));
    }

    [Fact]
    public void A_highlight_over_two_blocks_marks_its_part_of_each()
    {
        var highlight = new Highlight(new TextSpan(0, Text.Length), new TextSpan(3, 13));

        Assert.Equal(["Hea", "ding"], BlockSegments.Split(Text, Heading, highlight).Select(segment => segment.Text));
        Assert.Equal(["Before.", " The quote. After."], BlockSegments.Split(Text, Paragraph, highlight).Select(segment => segment.Text));
    }

    [Fact]
    public void Segments_put_together_are_the_block() =>
        Assert.Equal(
            "Before. The quote. After.",
            string.Concat(BlockSegments.Split(Text, Paragraph, new Highlight(new TextSpan(12, 9), new TextSpan(13, 2))).Select(segment => segment.Text)));

    [Fact]
    public void Without_a_highlight_a_block_is_one_piece() =>
        Assert.Equal(SegmentMark.None, Assert.Single(BlockSegments.Split(Text, Paragraph, highlight: null)).Mark);

    [Fact]
    public void A_block_that_reaches_past_the_text_is_cut() =>
        Assert.Equal("After.", Assert.Single(BlockSegments.Split(Text, new BlockDto { Kind = "paragraph", Start = 28, Length = 99 }, highlight: null)).Text);

    [Fact]
    public void Nothing_is_highlighted_where_other_words_stand()
    {
        var target = EvidenceTarget.Of(TestCitations.Citation(1, "The quote."));

        Assert.Null(target.PlaceIn(Text));
        Assert.NotNull(target.PlaceIn("The quote. And more."));
        Assert.Null(target.PlaceIn("The"));
    }

    [Fact]
    public void A_long_document_is_shown_around_the_highlight_and_grows_to_all_of_it()
    {
        var blocks = Enumerable.Range(0, 1000).Select(number => new BlockDto { Kind = "paragraph", Start = number * 1000, Length = 998 }).ToList();

        var window = BlockWindow.Around(blocks, offset: 500_100);

        Assert.InRange(window.From, 480, 495);
        Assert.InRange(window.To, 505, 520);
        for (var step = 0; step < 100; step++)
        {
            window = window.GrowUp(blocks).GrowDown(blocks);
        }
        Assert.Equal(new BlockWindow(0, 1000), window);
        Assert.Equal(new BlockWindow(0, 0), BlockWindow.Around([], 5));
    }
}
