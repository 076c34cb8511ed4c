using AiApp.Rag.Tests.Reading.Files;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace AiApp.Polyfills.Tests.PdfPig;

public sealed class PdfDocumentTests
{
    [Fact]
    public void Every_page_is_there_with_its_number_and_its_text()
    {
        using var pdf = PdfDocument.Open(PdfFile.Of("First <page> & more", "", "Third page"));

        Assert.Equal(3, pdf.NumberOfPages);
        Assert.Equal(
            [(1, "First <page> & more"), (2, ""), (3, "Third page")],
            pdf.GetPages().Select(page => (page.Number, ContentOrderTextExtractor.GetText(page, addDoubleNewline: true).Trim())));
    }

    [Fact]
    public void Lines_are_apart_by_a_line_break()
    {
        using var pdf = PdfDocument.Open(PdfFile.Of("one\ntwo"));

        Assert.Equal(["one", "two"], ContentOrderTextExtractor.GetText(pdf.GetPage(1)).Trim().ReplaceLineEndings("\n").Split('\n'));
    }

    [Fact]
    public void What_is_no_pdf_throws() => Assert.ThrowsAny<Exception>(() => PdfDocument.Open("no pdf at all"u8.ToArray()));
}
