using AiApp.Rag.Tests.Reading.Files;

namespace AiApp.Rag.Tests.Reading;

public sealed class DocxReaderTests
{
    private const string Styles =
        "<w:styles xmlns:w='w'><w:style w:styleId='H1'><w:name w:val='heading 1'/></w:style><w:style w:styleId='Own'><w:name w:val='Chapter'/><w:basedOn w:val='H1'/></w:style>"
        + "<w:style w:styleId='T1'><w:name w:val='toc 1'/></w:style></w:styles>";

    private static string P(string text, string properties = "") => $"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>";

    private static string[] Show(string body, params (string Name, string Content)[] more)
    {
        var relations = ("word/_rels/document.xml.rels", ZipFiles.Relations(("a", "styles", "styles.xml"), ("b", "footnotes", "/word/footnotes.xml")));
        var document = ReadAs.Read(ZipFiles.Docx(body, [relations, ("word/styles.xml", Styles), .. more]), "a.docx");
        document.AssertBlocksAreInOrder();
        return document.Show();
    }

    [Fact]
    public void Headings_are_known_by_their_style_or_what_it_is_based_on() =>
        Assert.Equal(
            ["Heading1|One", "Heading1|Two", "Heading3|Three", "Paragraph|Text"],
            Show(P("One", "<w:pStyle w:val='H1'/>") + P("Two", "<w:pStyle w:val='Own'/>") + P("Three", "<w:outlineLvl w:val='2'/>") + P("Text")));

    [Fact]
    public void Items_of_a_list_keep_their_depth() =>
        Assert.Equal(
            ["ListItem|a", "ListItem1|b", "Paragraph|c"],
            Show(P("a", "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='3'/></w:numPr>") + P("b", "<w:numPr><w:ilvl w:val='1'/><w:numId w:val='3'/></w:numPr>") + P("c")));

    [Fact]
    public void Runs_are_one_word_and_breaks_are_spaces() =>
        Assert.Equal(["Paragraph|Berlin and Rome"], Show("<w:p><w:r><w:t>Ber</w:t></w:r><w:r><w:t>lin</w:t><w:br/><w:t>and</w:t><w:tab/><w:t>Rome</w:t></w:r></w:p>"));

    [Fact]
    public void Deleted_text_and_the_table_of_contents_are_left_out() =>
        Assert.Equal(
            ["Paragraph|kept added"],
            Show(P("One 3", "<w:pStyle w:val='T1'/>") + "<w:p><w:r><w:t>kept </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>added</w:t></w:r></w:ins></w:p>"));

    [Fact]
    public void A_row_that_is_marked_as_heading_names_the_columns() =>
        Assert.Equal(
            ["TableRow|City: Oslo | Desks: 4", "TableRow|City: Oslo | Desks: 5"],
            Show("<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>" + Cell("City") + Cell("Desks") + "</w:tr><w:tr>" + Cell("Oslo", "<w:vMerge w:val='restart'/>") + Cell("4")
                + "</w:tr><w:tr>" + Cell("", "<w:vMerge/>") + Cell("5") + "</w:tr></w:tbl>"));

    [Fact]
    public void A_bold_row_above_others_names_the_columns() =>
        Assert.Equal(
            ["TableRow|A: 1 | B: 2"],
            Show("<w:tbl><w:tr>" + Bold("A") + Bold("B") + "</w:tr><w:tr>" + Cell("1") + Cell("2") + "</w:tr></w:tbl>"));

    [Fact]
    public void A_table_of_one_cell_is_layout() =>
        Assert.Equal(["Heading1|In", "Paragraph|Text"], Show("<w:tbl><w:tr><w:tc>" + P("In", "<w:pStyle w:val='H1'/>") + P("Text") + "</w:tc></w:tr></w:tbl>"));

    [Fact]
    public void A_table_inside_of_a_cell_is_part_of_its_text() =>
        Assert.Equal(
            ["TableRow|left | a | b c"],
            Show("<w:tbl><w:tr>" + Cell("left") + "<w:tc><w:tbl><w:tr>" + Cell("a") + Cell("b") + "</w:tr></w:tbl>" + P("c") + "</w:tc></w:tr></w:tbl>"));

    [Fact]
    public void Text_boxes_are_read_once_and_notes_stand_at_the_end() =>
        Assert.Equal(
            ["Paragraph|in the box", "Paragraph|around it", "Paragraph|a note"],
            Show(
                "<w:p><w:r><mc:AlternateContent xmlns:mc='mc'><mc:Choice><w:txbxContent>" + P("in the box") + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
                + P("in the box") + "</w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>around it</w:t></w:r></w:p>",
                ("word/footnotes.xml", "<w:footnotes xmlns:w='w'><w:footnote w:type='separator'>" + P("---") + "</w:footnote><w:footnote>" + P("a note") + "</w:footnote></w:footnotes>")));

    private static string Cell(string text, string properties = "") => $"<w:tc><w:tcPr>{properties}</w:tcPr>{P(text)}</w:tc>";

    private static string Bold(string text) => $"<w:tc><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p></w:tc>";
}
