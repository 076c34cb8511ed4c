namespace UglyToad.PdfPig.Content
{
    /// <summary>A page, whose number counts from 1.</summary>
    public sealed class Page
    {
        internal Page(int number, string text) => (Number, Text) = (number, text);

        public int Number { get; }

        public string Text { get; }
    }

    /// <summary>What the document says about itself.</summary>
    public sealed class DocumentInformation
    {
        internal DocumentInformation(string? title) => Title = title;

        public string? Title { get; }
    }
}

namespace UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor
{
    using UglyToad.PdfPig.Content;

    /// <summary>Text in the order of reading, line by line.</summary>
    public static class ContentOrderTextExtractor
    {
        /// <summary>Paragraphs are apart by an empty line, if asked for.</summary>
        public static string GetText(Page page, bool addDoubleNewline = false) =>
            addDoubleNewline ? page.Text : page.Text.Replace("\n\n", "\n", StringComparison.Ordinal);
    }
}
