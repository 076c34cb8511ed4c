using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace AiApp.Rag.Ingestion.Reading;

internal sealed class MarkdownReader : IDocumentReader
{
    public string Version => "markdown-1";
    // Chosen one by one: UseAdvancedExtensions would give meaning to text that is none.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseYamlFrontMatter().Build();

    public bool CanRead(string mediaType) => mediaType == MediaTypes.Markdown;

    public ReadDocument Read(DocumentFile file, CancellationToken ct)
    {
        var markdown = Parse(TextDecoder.Decode(file.Bytes.Span));
        ct.ThrowIfCancellationRequested();
        var front = markdown.FirstOrDefault() is YamlFrontMatterBlock yaml ? FrontMatter.Parse(yaml.Lines.ToString()) : FrontMatter.None;
        var text = new CanonicalTextBuilder();
        new MarkdownBlocks(text, ct).Write(markdown);
        var (canonical, blocks) = text.Build();
        return new ReadDocument
        {
            Title = DocumentTitle.Choose(front.Title, text.FirstHeading, file.SourceUri),
            CanonicalText = canonical,
            Blocks = blocks,
            ReaderVersion = Version,
            ValidFrom = front.ValidFrom,
            ValidUntil = front.ValidUntil,
            Language = front.Language,
        };
    }

    private static MarkdownDocument Parse(string text)
    {
        try
        {
            return Markdown.Parse(text, Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig's own limit on nesting, which it reports like this.
            throw new InsufficientExecutionStackException();
        }
    }
}
