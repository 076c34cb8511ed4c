using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Tests.Reading.Files;

namespace AiApp.Rag.Tests.Reading;

public sealed class XlsxReaderTests
{
    private const string Header = "<row><c t='inlineStr'><is><t>Name</t></is></c><c t='inlineStr'><is><t>Value</t></is></c></row>";

    private static string[] Show(string rows, params (string Name, string Content)[] more)
    {
        var document = ReadAs.Read(ZipFiles.Xlsx(rows, more), "a.xlsx");
        document.AssertBlocksAreInOrder();
        return document.Show();
    }

    private static string Value(string cell, string format = "")
    {
        var styles = ("xl/styles.xml", $"<styleSheet><numFmts><numFmt numFmtId='200' formatCode='{format}'/></numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='200'/><xf numFmtId='9'/></cellXfs></styleSheet>");
        return Show(Header + "<row><c t='inlineStr'><is><t>x</t></is></c>" + cell + "</row>", styles)[1]["TableRow|Name: x | Value: ".Length..];
    }

    [Fact]
    public void Each_sheet_is_a_section_and_each_value_has_the_name_of_its_column() =>
        Assert.Equal(["Heading1|Stock", "TableRow|Name: x | Value: 4"], Show(Header + "<row><c t='inlineStr'><is><t>x</t></is></c><c><v>4</v></c></row>"));

    [Fact]
    public void What_stands_alone_above_the_names_is_text() =>
        Assert.Equal(["Heading1|Stock", "Paragraph|All figures in EUR", "TableRow|Name: 1 | Value: 2"], Show("<row><c t='inlineStr'><is><t>All figures in EUR</t></is></c></row>" + Header + "<row><c><v>1</v></c><c><v>2</v></c></row>"));

    [Fact]
    public void Shared_strings_are_put_together_without_their_pronunciation() =>
        Assert.Equal(
            ["Heading1|Stock", "TableRow|東京 | 5"],
            Show("<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row>", ("xl/sharedStrings.xml", "<sst><si><r><t>東</t></r><r><t>京</t></r><rPh><t>トウキョウ</t></rPh></si><si><t>5</t></si></sst>")));

    [Fact]
    public void Cells_stand_in_the_column_of_their_place() =>
        Assert.Equal(["Heading1|Stock", "TableRow|Value: 7"], Show(Header + "<row><c r='B2'><v>7</v></c></row>"));

    [Theory]
    [InlineData("<c s='1'><v>45352</v></c>", "", "2024-03-01")]
    [InlineData("<c s='2'><v>45352.5625</v></c>", "dd/mm/yyyy hh:mm", "2024-03-01 13:30:00")]
    [InlineData("<c s='2'><v>1.5</v></c>", "[h]:mm", "36:00:00")]
    [InlineData("<c s='2'><v>1.5</v></c>", "0.0 &quot;days&quot;", "1.5")]
    [InlineData("<c s='3'><v>0.25</v></c>", "", "25%")]
    [InlineData("<c><v>0.30000000000000004</v></c>", "", "0.3")]
    [InlineData("<c t='b'><v>1</v></c>", "", "TRUE")]
    [InlineData("<c t='str'><f>A1</f><v>done</v></c>", "", "done")]
    public void Values_read_as_a_person_sees_them(string cell, string format, string expected) => Assert.Equal(expected, Value(cell, format));

    [Fact]
    public void More_columns_than_the_bound_are_too_large() =>
        Assert.Equal("too_large", Assert.Throws<UnreadableDocumentException>(() => Show("<row><c r='XFD1'><v>1</v></c></row>")).Code);
}
