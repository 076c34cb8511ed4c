using System.Text;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion.Reading;

namespace AiApp.Rag.Tests.Reading;

/// <summary>Reads text as a file of that name, and shows the result as "Kind|text" lines.</summary>
internal static class ReadAs
{
    private static readonly DocumentReaders Readers = new(DocumentReaders.All);

    public static ReadDocument Read(byte[] bytes, string name) => Readers.Read(bytes, name, "", CancellationToken.None);

    public static ReadDocument Read(string text, string name) => Read(Encoding.UTF8.GetBytes(text), name);

    public static ReadDocument Markdown(string text) => Read(text, "folder/page.md");

    public static ReadDocument Html(string text) => Read(text, "page.html");

    public static ReadDocument Plain(string text) => Read(text, "page.txt");

    public static string[] Show(this ReadDocument document) =>
        [.. document.Blocks.Select(b => $"{b.Kind}{(b.Level > 0 ? b.Level : "")}|{document.CanonicalText.Substring(b.Start, b.Length)}")];

    public static void AssertBlocksAreInOrder(this ReadDocument document)
    {
        var end = 0;
        foreach (var block in document.Blocks)
        {
            Assert.True(block.Start >= end && block.Length > 0);
            end = block.Start + block.Length;
        }

        Assert.True(end <= document.CanonicalText.Length);
        Assert.True(document.CanonicalText.IsNormalized(NormalizationForm.FormC));
        Assert.DoesNotContain(document.CanonicalText, c => char.IsControl(c) && c is not ('\n' or '\t'));
        Assert.DoesNotContain(document.Blocks, b => b.Kind is not BlockKind.Code && document.CanonicalText.Substring(b.Start, b.Length).Contains('\n', StringComparison.Ordinal));
    }
}
