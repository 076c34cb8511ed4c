using AiApp.Rag.Ingestion.Chunking;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Tests.Reading;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Tests.Chunking;

public sealed class HeadingChunkerTests
{
    private static readonly string Words30 = string.Join(' ', Enumerable.Repeat("measured", 40)) + ".";

    private static List<(string Path, string Text)> Chunk(ReadDocument document, ChunkingOptions? options = null) =>
        [.. new HeadingChunker(Options.Create(options ?? new ChunkingOptions())).Chunk(document).Select(c => (c.HeadingPath, c.TextOf(document.CanonicalText)))];

    [Fact]
    public void A_chunk_knows_the_headings_it_stands_under()
    {
        var document = ReadAs.Markdown($"---\ntitle: Handbook\n---\n# Leave\n\n## Sick\n\n{Words30}\n\n## Annual\n\n{Words30}\n\n# Travel\n\n{Words30}");
        Assert.Equal(["Handbook > Leave > Sick", "Handbook > Leave > Annual", "Handbook > Travel"], Chunk(document).Select(c => c.Path));
    }

    [Fact]
    public void A_first_heading_that_repeats_the_title_is_said_once() =>
        Assert.Equal([("Leave", Words30)], Chunk(ReadAs.Markdown($"# Leave\n\n{Words30}")));

    [Fact]
    public void Tiny_neighbours_share_a_chunk_that_shows_their_headings()
    {
        var document = ReadAs.Markdown("# FAQ\n\n## Where?\n\nHere.\n\n## When?\n\nNow.\n\n# Other\n\nText.");
        Assert.Equal([("FAQ", "Where?\n\nHere.\n\nWhen?\n\nNow."), ("FAQ > Other", "Text.")], Chunk(document));
    }

    [Fact]
    public void A_heading_alone_makes_no_chunk() =>
        Assert.Equal(["One > Three"], Chunk(ReadAs.Markdown("# One\n\n## Two\n\n# Three\n\nText.")).Select(c => c.Path));

    [Fact]
    public void A_document_of_headings_only_is_searchable_by_them() =>
        Assert.Equal([("One", "One\n\nTwo")], Chunk(ReadAs.Markdown("# One\n\n## Two")));

    [Fact]
    public void A_table_row_is_not_split()
    {
        var rows = Enumerable.Range(1, 60).Select(i => $"| {i} | {string.Join(' ', Enumerable.Repeat("value", 12))} |");
        var document = ReadAs.Markdown("| Id | Text |\n|---|---|\n" + string.Join('\n', rows));
        var chunks = Chunk(document, new ChunkingOptions { MaxTokensPerChunk = 64 });
        Assert.All(chunks, c => Assert.Matches("^Id: [0-9]+ \\| Text: (.|\n)*value$", c.Text));
    }

    [Fact]
    public void A_long_paragraph_is_cut_at_sentence_ends()
    {
        var document = ReadAs.Plain(string.Join(' ', Enumerable.Range(1, 80).Select(i => $"This is sentence number {i} of a long paragraph.")));
        var chunks = Chunk(document, new ChunkingOptions { MaxTokensPerChunk = 100 });
        Assert.True(chunks.Count > 5);
        Assert.All(chunks, c => Assert.Matches("^This(.|\n)*paragraph\\.$", c.Text));
    }

    [Fact]
    public void Overlap_repeats_whole_sentences()
    {
        var document = ReadAs.Plain(string.Join(' ', Enumerable.Range(1, 80).Select(i => $"This is sentence number {i} of a long paragraph.")));
        var chunks = Chunk(document, new ChunkingOptions { MaxTokensPerChunk = 100, OverlapTokens = 20 });
        Assert.All(chunks.Zip(chunks.Skip(1)), pair => Assert.EndsWith(pair.Second.Text[..30], pair.First.Text[..^(pair.First.Text.Length - pair.First.Text.LastIndexOf("This", StringComparison.Ordinal) - 30)], StringComparison.Ordinal));
    }
}
