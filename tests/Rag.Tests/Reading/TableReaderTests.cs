using AiApp.Rag.Ingestion.Reading;

namespace AiApp.Rag.Tests.Reading;

public sealed class TableReaderTests
{
    [Theory]
    [InlineData("City,Desks\nOslo,4\n", "a.csv")]
    [InlineData("City;Desks\r\nOslo;4\r\n", "a.csv")]
    [InlineData("City\tDesks\nOslo\t4", "a.tsv")]
    [InlineData("sep=|\nCity|Desks\nOslo|4", "a.csv")]
    public void The_delimiter_is_found_and_the_first_row_names_the_columns(string text, string name) =>
        Assert.Equal(["TableRow|City: Oslo | Desks: 4"], ReadAs.Read(text, name).Show());

    [Fact]
    public void Quoted_cells_hold_delimiters_and_line_breaks() =>
        Assert.Equal(["TableRow|City: Oslo, Norway | Note: two lines"], ReadAs.Read("City,Note\n\"Oslo, Norway\",\"two\nlines\"\n", "a.csv").Show());

    [Fact]
    public void A_million_columns_are_too_large() =>
        Assert.Equal("too_large", Assert.Throws<UnreadableDocumentException>(() => ReadAs.Read(new string(',', 1_000_000), "a.csv")).Code);

    [Fact]
    public void Objects_are_sections_of_paths_and_values() =>
        Assert.Equal(
            ["TableRow|name: AiApp", "Heading1|limits", "TableRow|limits.size: 20", "TableRow|limits.tags: a, b"],
            ReadAs.Read("""{"name": "AiApp", "limits": {"size": 20, "tags": ["a", "b"]}}""", "a.json").Show());

    [Theory]
    [InlineData("""[{"id": 1, "in": {"city": "Oslo"}}, {"id": 2}]""", "a.json")]
    [InlineData("{\"id\": 1, \"in\": {\"city\": \"Oslo\"}}\n{\"id\": 2}\n", "a.jsonl")]
    public void Records_are_rows(string json, string name) =>
        Assert.Contains("id: 2", ReadAs.Read(json, name).Show().Select(line => line[(line.IndexOf('|', StringComparison.Ordinal) + 1)..]));

    [Fact]
    public void Deep_json_is_damaged() =>
        Assert.Equal("poison_document", Assert.Throws<UnreadableDocumentException>(() => ReadAs.Read(new string('[', 100_000), "a.json")).Code);
}
