using AiApp.Rag.Jobs;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using UglyToad.PdfPig.Exceptions;

namespace AiApp.Rag.Ingestion.Reading.Pdf;

/// <summary>PDF with its pages. It has no paragraphs, only lines: they are put together again.</summary>
internal sealed class PdfReader : IDocumentReader
{
    public string Version => "pdf-1";

    public bool CanRead(string mediaType) => mediaType == MediaTypes.Pdf;

    public ReadDocument Read(DocumentFile file, CancellationToken ct)
    {
        try
        {
            using var pdf = PdfDocument.Open(file.Bytes.ToArray(), new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
            var pages = ReadPages(pdf, ct);
            var text = new CanonicalTextBuilder();
            for (var i = 0; i < pages.Count; i++)
            {
                ct.ThrowIfCancellationRequested();
                text.StartPage(i + 1);
                PdfBlocks.Write(pages[i], text);
            }

            return text.IsEmpty
                ? throw new UnreadableDocumentException(
                    FailureCodes.NoText, "No page of the PDF has text. It is probably a scan: recognise its text first, and upload the result.")
                : text.ToDocument(pdf.Information.Title, file.SourceUri, Version);
        }
        catch (PdfDocumentEncryptedException)
        {
            throw new UnreadableDocumentException(FailureCodes.EncryptedDocument, "The PDF is protected with a password: save it without one.");
        }
    }

    private static List<IReadOnlyList<string>> ReadPages(PdfDocument pdf, CancellationToken ct)
    {
        var pages = new List<string[]>();
        long characters = 0;
        for (var number = 1; number <= pdf.NumberOfPages; number++)
        {
            ct.ThrowIfCancellationRequested();
            var page = ContentOrderTextExtractor.GetText(pdf.GetPage(number), addDoubleNewline: true);
            characters += page.Length;
            if (characters > 2L * ReadingBounds.Characters)
            {
                throw ReadingBounds.Exceeded($"it has more than {ReadingBounds.Characters:N0} characters of text");
            }

            pages.Add(page.ReplaceLineEndings("\n").Split('\n'));
        }

        return PageFrame.Remove(pages);
    }
}
