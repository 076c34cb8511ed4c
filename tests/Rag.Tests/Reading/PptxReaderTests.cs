using AiApp.Rag.Ingestion.Chunking;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Tests.Reading.Files;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Tests.Reading;

public sealed class PptxReaderTests
{
    private static string Shape(string placeholder, params string[] paragraphs) =>
        $"<p:sp><p:nvSpPr><p:nvPr>{(placeholder.Length > 0 ? $"<p:ph type='{placeholder}'/>" : "")}</p:nvPr></p:nvSpPr><p:txBody>{string.Concat(paragraphs.Select(p => $"<a:p><a:r><a:t>{p}</a:t></a:r></a:p>"))}</p:txBody></p:sp>";

    private static ReadDocument Read(params string[] slides) => ReadAs.Read(ZipFiles.Pptx(slides), "a.pptx");

    [Fact]
    public void A_slide_is_a_page_under_its_title()
    {
        var document = Read(Shape("body", "first", "second") + Shape("title", "Goals"), Shape("", "no title here"));
        Assert.Equal(["Heading1|Goals", "ListItem|first", "ListItem|second", "Heading1|Slide 2", "Paragraph|no title here"], document.Show());
        Assert.Equal([new PageStart(1, 0), new PageStart(2, document.CanonicalText.IndexOf("Slide 2", StringComparison.Ordinal))], document.Pages);
    }

    [Fact]
    public void Footers_and_numbers_are_left_out() => Assert.Equal(["Heading1|Goals", "Paragraph|text"], Read(Shape("title", "Goals") + Shape("sldNum", "1") + Shape("ftr", "secret") + Shape("", "text")).Show());

    [Fact]
    public void Notes_stand_with_their_slide()
    {
        var document = ReadAs.Read(
            ZipFiles.Pptx(
                [Shape("title", "Goals")],
                ("ppt/slides/_rels/slide0.xml.rels", ZipFiles.Relations(("n", "notesSlide", "../notesSlides/n1.xml"))),
                ("ppt/notesSlides/n1.xml", $"<p:notes xmlns:p='p' xmlns:a='a'>{Shape("sldNum", "1")}{Shape("body", "Speak slowly")}</p:notes>")),
            "a.pptx");
        Assert.Equal(["Heading1|Goals", "Heading2|Notes", "Paragraph|Speak slowly"], document.Show());
    }

    [Fact]
    public void The_first_row_of_a_table_names_its_columns_if_it_is_marked() =>
        Assert.Equal(
            ["Heading1|Goals", "TableRow|City: Oslo"],
            Read(Shape("title", "Goals") + "<p:graphicFrame><a:tbl><a:tblPr firstRow='1'/><a:tr><a:tc><a:txBody><a:p><a:r><a:t>City</a:t></a:r></a:p></a:txBody></a:tc></a:tr><a:tr><a:tc><a:txBody><a:p><a:r><a:t>Oslo</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>").Show());

    [Fact]
    public void No_chunk_crosses_from_slide_to_slide()
    {
        var document = Read(Shape("title", "One") + Shape("", "a b c"), Shape("title", "Two") + Shape("", "d e f"));
        Assert.Equal([1, 2], new HeadingChunker(Options.Create(new ChunkingOptions())).Chunk(document).Select(chunk => chunk.Page));
    }
}
