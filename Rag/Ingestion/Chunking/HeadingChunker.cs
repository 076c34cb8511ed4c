using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Text;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Ingestion.Chunking;

/// <summary>
/// Chunks of one section each, within a budget of tokens. Tiny sections side by side under one parent share a chunk, which
/// then shows their headings; otherwise headings stand in the path only.
/// </summary>
internal sealed class HeadingChunker(IOptions<ChunkingOptions> options)
{
    // Rises with every change of the result.
    private const string Strategy = "heading-3";

    // A row is understood whole or not at all; only one this many times over the budget is cut.
    private const int RowFactor = 4;

    private readonly ChunkingOptions _options = options.Value;

    /// <summary>
    /// What the chunks of a text follow from, besides it: the strategy with its settings, such as "heading-3 max=320 overlap=0 min=40".
    /// Stored with each version.
    /// </summary>
    public string Version => $"{Strategy} max={_options.MaxTokensPerChunk} overlap={_options.OverlapTokens} min={_options.MinTokensPerChunk}";

    public List<Chunk> Chunk(ReadDocument document)
    {
        var text = document.CanonicalText;
        var sections = Section.Split(text, document.Blocks, document.Title);
        if (sections.Count == 0)
        {
            // Nothing but headings: then they are what the document says.
            sections = [new Section(0, -2, document.Title, document.Title, document.Blocks)];
        }

        var chunks = new List<Chunk>();
        for (var i = 0; i < sections.Count;)
        {
            var merged = CountTiny(document, sections, i);
            if (merged > 1)
            {
                chunks.Add(Create(text, sections[i].ParentPath, sections[i].Start, End(sections[i + merged - 1])));
            }
            else
            {
                Pack(text, sections[i], chunks);
            }

            i += merged;
        }

        return PageNumbers.Set(chunks, document.Pages);
    }

    /// <summary>How many sections from here on go into one chunk.</summary>
    private int CountTiny(ReadDocument document, List<Section> sections, int first)
    {
        var text = document.CanonicalText;
        var count = 1;
        while (first + count < sections.Count
            && sections[first + count].Parent == sections[first].Parent
            && (!document.PagesAreSeparate || PageNumbers.Of(sections[first].Start, document.Pages) == PageNumbers.Of(sections[first + count].Start, document.Pages))
            && Tokens(text, sections[first].Start, End(sections[first + count - 1])) < _options.MinTokensPerChunk
            && Tokens(text, sections[first].Start, End(sections[first + count])) <= _options.MaxTokensPerChunk)
        {
            count++;
        }

        return count;
    }

    private void Pack(string text, Section section, List<Chunk> chunks)
    {
        var units = section.Blocks.SelectMany(block => Units(text, block)).ToList();
        var total = units.Sum(u => TokenEstimate.Of(text.AsSpan(u.Start, u.Length)));
        // Even chunks: a full one and a scrap would search worse than two halves.
        var target = total / Math.Max(1, (total + _options.MaxTokensPerChunk - 1) / _options.MaxTokensPerChunk);
        for (var first = 0; first < units.Count;)
        {
            var last = first;
            while (last + 1 < units.Count
                && Tokens(text, units[first].Start, End(units[last])) < target
                && Tokens(text, units[first].Start, End(units[last + 1])) <= _options.MaxTokensPerChunk)
            {
                last++;
            }

            chunks.Add(Create(text, section.Path, units[first].Start, End(units[last])));
            first = last + 1 < units.Count ? NextFirst(text, units, first, last) : units.Count;
        }
    }

    private int NextFirst(string text, List<TextSpan> units, int first, int last)
    {
        var next = last + 1;
        while (next - 1 > first && Tokens(text, units[next - 1].Start, End(units[last])) <= _options.OverlapTokens)
        {
            next--;
        }

        return next;
    }

    private List<TextSpan> Units(string text, TextBlock block)
    {
        var span = new TextSpan(block.Start, block.Length);
        var budget = block.Kind == BlockKind.TableRow ? _options.MaxTokensPerChunk * RowFactor : _options.MaxTokensPerChunk;
        return TokenEstimate.Of(text.AsSpan(span.Start, span.Length)) <= budget ? [span] : SpanSplitter.Split(text, span, _options.MaxTokensPerChunk);
    }

    private static Chunk Create(string text, string path, int start, int end) =>
        new() { HeadingPath = path, Start = start, Length = end - start, TokenCount = Tokens(text, start, end) };

    private static int Tokens(string text, int start, int end) => TokenEstimate.Of(text.AsSpan(start, end - start));

    private static int End(Section section) => section.Blocks[^1].Start + section.Blocks[^1].Length;

    private static int End(TextSpan span) => span.Start + span.Length;
}
