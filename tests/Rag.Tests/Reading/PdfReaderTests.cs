using AiApp.Rag.Ingestion.Chunking;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Tests.Reading.Files;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Tests.Reading;

public sealed class PdfReaderTests
{
    private static ReadDocument Read(params string[] pages) => ReadAs.Read(PdfFile.Of(pages), "a.pdf");

    [Fact]
    public void Lines_of_a_paragraph_are_one_flow_and_divided_words_are_whole() =>
        Assert.Equal("This is an example of a text.", Read("This is an exam-\nple of a text.").CanonicalText);

    [Fact]
    public void Pages_are_counted_and_those_without_text_left_out()
    {
        var document = Read("First page.", "", "Third page.");
        Assert.Equal([new PageStart(1, 0), new PageStart(3, document.CanonicalText.IndexOf("Third", StringComparison.Ordinal))], document.Pages);
    }

    [Fact]
    public void Headers_and_page_numbers_are_left_out()
    {
        var pages = Enumerable.Range(1, 4).Select(i => $"ACME confidential\n\n\nText number {(char)('a' + i)} stands here.\n\n\nPage {i} of 4").ToArray();
        Assert.DoesNotContain("ACME", Read(pages).CanonicalText, StringComparison.Ordinal);
        Assert.DoesNotContain("of 4", Read(pages).CanonicalText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_numbered_line_that_stands_alone_is_a_heading() =>
        Assert.Equal(["Heading2|2.1 Annual leave", "Paragraph|Everybody has 28 days."], Read("2.1 Annual leave\n\n\n\nEverybody has 28 days.").Show());

    [Fact]
    public void A_chunk_has_the_page_that_it_begins_on()
    {
        var words = string.Join('\n', Enumerable.Repeat("many words stand in this line of text here", 40));
        var chunks = new HeadingChunker(Options.Create(new ChunkingOptions())).Chunk(Read(words, words));
        Assert.Equal((1, 2), (chunks[0].Page, chunks[^1].Page));
    }

    [Fact]
    public void Pages_without_any_text_are_called_a_scan()
    {
        var refused = Assert.Throws<UnreadableDocumentException>(() => Read("", ""));
        Assert.Equal("no_text", refused.Code);
        Assert.Contains("scan", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_torn_file_is_damaged() =>
        Assert.Equal("poison_document", Assert.Throws<UnreadableDocumentException>(() => ReadAs.Read("%PDF-1.7\n garbage"u8.ToArray(), "a.pdf")).Code);
}
