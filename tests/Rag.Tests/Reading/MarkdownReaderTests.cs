namespace AiApp.Rag.Tests.Reading;

public sealed class MarkdownReaderTests
{
    [Fact]
    public void Marks_are_not_part_of_the_text()
    {
        var document = ReadAs.Markdown("""
            # Leave *policy*

            Ask **your manager** or see [the form](https://example.org/form), `HR-7` &amp; more:
            second line  
            third line.
            ![Map of the office](map.png)
            """);
        Assert.Equal(
            ["Heading1|Leave policy", "Paragraph|Ask your manager or see the form, HR-7 & more: second line third line. Map of the office"],
            document.Show());
        document.AssertBlocksAreInOrder();
    }

    [Fact]
    public void Items_of_one_list_follow_line_by_line_and_blocks_by_an_empty_line()
    {
        var document = ReadAs.Markdown("Intro\n\n- one\n- two\n  - two a\n- three\n\n1. first\n\nEnd");
        Assert.Equal("Intro\n\none\ntwo\ntwo a\nthree\n\nfirst\n\nEnd", document.CanonicalText);
        Assert.Equal(["Paragraph|Intro", "ListItem|one", "ListItem|two", "ListItem1|two a", "ListItem|three", "ListItem|first", "Paragraph|End"], document.Show());
    }

    [Fact]
    public void A_table_row_names_its_columns_and_leaves_empty_cells_out()
    {
        var document = ReadAs.Markdown("| City | Desks | Note |\n|---|---:|---|\n| Gävle | 40 | |\n| Halifax | 12 | *new* |");
        Assert.Equal(["TableRow|City: Gävle | Desks: 40", "TableRow|City: Halifax | Desks: 12 | Note: new"], document.Show());
        Assert.Equal("City: Gävle | Desks: 40\nCity: Halifax | Desks: 12 | Note: new", document.CanonicalText);
    }

    [Fact]
    public void Code_is_kept_as_it_is()
    {
        var document = ReadAs.Markdown("Run:\n\n```sh\nif true; then\n    echo *hi*\nfi\n```\n");
        Assert.Equal(["Paragraph|Run:", "Code|if true; then\n    echo *hi*\nfi"], document.Show());
    }

    [Fact]
    public void Front_matter_says_title_validity_and_language_and_is_not_text()
    {
        var document = ReadAs.Markdown("---\ntitle: 'Travel: rules'\nvalid_from: 2025-01-01\nvalid_until: 2025-12-31\nlanguage: de\nowner: [a, b]\n---\n\n# Heading\n\nText");
        Assert.Equal(("Travel: rules", new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31), "de"),
            (document.Title, document.ValidFrom, document.ValidUntil, document.Language));
        Assert.Equal(["Heading1|Heading", "Paragraph|Text"], document.Show());
    }

    [Theory]
    [InlineData("---\ntitle: [broken\n  x: : y\n---\n\n# Heading\n\nText")]
    [InlineData("---\n- a list\n---\n\n# Heading\n\nText")]
    [InlineData("---\nvalid_from: yesterday\n---\n\n# Heading\n\nText")]
    public void Broken_front_matter_is_as_if_it_were_not_there(string markdown)
    {
        var document = ReadAs.Markdown(markdown);
        Assert.Equal("Heading", document.Title);
        Assert.Null(document.ValidFrom);
        Assert.EndsWith("Text", document.CanonicalText, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_within_markdown_is_read_as_html()
    {
        var document = ReadAs.Markdown("Before<br/>after <span id='x'>inline</span>\n\n<table><tr><th>Code</th><th>Name</th></tr><tr><td>1</td><td>One</td></tr></table>\n\n<script>alert(1)</script>");
        Assert.Equal(["Paragraph|Before after inline", "TableRow|Code: 1 | Name: One"], document.Show());
    }

    [Fact]
    public void An_alert_keeps_its_kind_as_a_word() =>
        Assert.Equal(["Quote|Note: Back up first."], ReadAs.Markdown("> [!NOTE]\n> Back up first.").Show());

    [Fact]
    public void Without_heading_and_front_matter_the_file_gives_the_title() =>
        Assert.Equal("page.md", ReadAs.Markdown("Only text").Title);

    [Fact]
    public void Depth_alone_does_not_bring_the_reader_down()
    {
        foreach (var mark in new[] { "> ", "- ", "*", "[", "<div>", "`" })
        {
            var bomb = string.Concat(Enumerable.Repeat(mark, 3_000)) + " text";
            try
            {
                ReadAs.Markdown(bomb).AssertBlocksAreInOrder();
            }
            catch (AiApp.Rag.Ingestion.Reading.UnreadableDocumentException)
            {
                // Refusing is as good: what counts is that the process lives.
            }
        }
    }
}
