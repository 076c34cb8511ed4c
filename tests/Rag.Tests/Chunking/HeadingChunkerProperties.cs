using System.Text;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion.Chunking;
using AiApp.Rag.Ingestion.Reading;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Tests.Chunking;

/// <summary>What holds for every document, tried on generated ones; the seed is the test case, so a failure repeats.</summary>
public sealed class HeadingChunkerProperties
{
    private static readonly string[] Atoms =
        ["word", "Überzeugung", "e\u0301te\u0301", "東京都庁舎", "日本語の文章。", "👩‍👩‍👧‍👦", "👍🏽", "z\u0335\u0321\u0300\u0315", "Sentence end.", "What?", "1.5", "a-b_c", "ﷺ", "\u200Bx", "한국어"];

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Chunks_are_ordered_literal_spans_within_the_budget_that_cover_all_text(int seed)
    {
        var random = new Random(seed);
        var options = new ChunkingOptions { MaxTokensPerChunk = random.Next(64, 400), OverlapTokens = random.Next(2) * random.Next(32), MinTokensPerChunk = random.Next(32) };
        var document = Generate(random);
        var chunks = new HeadingChunker(Options.Create(options)).Chunk(document);

        var covered = new bool[document.CanonicalText.Length];
        var previous = -1;
        foreach (var chunk in chunks)
        {
            Assert.InRange(chunk.Start, previous + 1, document.CanonicalText.Length - 1);
            Assert.InRange(chunk.Start + chunk.Length, chunk.Start + 1, document.CanonicalText.Length);
            Assert.True(chunk.TokenCount <= options.MaxTokensPerChunk * 4, $"{chunk.TokenCount} tokens");
            var text = chunk.TextOf(document.CanonicalText);
            Assert.False(char.IsLowSurrogate(text[0]) || char.IsHighSurrogate(text[^1]));
            Array.Fill(covered, true, chunk.Start, chunk.Length);
            previous = chunk.Start;
        }

        foreach (var block in document.Blocks.Where(b => b.Kind != BlockKind.Heading))
        {
            for (var i = block.Start; i < block.Start + block.Length; i++)
            {
                Assert.True(covered[i] || char.IsWhiteSpace(document.CanonicalText[i]), $"offset {i} is in no chunk");
            }
        }
    }

    private static ReadDocument Generate(Random random)
    {
        var text = new CanonicalTextBuilder();
        text.Paragraph(Sentence(random, 1));
        for (var i = random.Next(1, 40); i > 0; i--)
        {
            var list = text.NewGroup();
            switch (random.Next(7))
            {
                case 0:
                    text.Heading(Sentence(random, 3), random.Next(1, 7));
                    break;
                case 1:
                    text.ListItem(Sentence(random, 12), 0, list);
                    text.ListItem(Sentence(random, 12), 1, list);
                    break;
                case 2:
                    text.TableRow(["A", "B"], [Sentence(random, 5), Sentence(random, 40)], list);
                    break;
                case 3:
                    text.Code(Sentence(random, 20) + "\n\n   " + Sentence(random, 200));
                    break;
                case 4:
                    text.Paragraph(string.Concat(Enumerable.Repeat(Atoms[random.Next(Atoms.Length)], random.Next(1, 800))));
                    break;
                default:
                    text.Paragraph(Sentence(random, random.Next(1, 300)));
                    break;
            }
        }

        var (canonical, blocks) = text.Build();
        return new ReadDocument { Title = Sentence(random, 2), CanonicalText = canonical, Blocks = blocks, ReaderVersion = "test" };
    }

    private static string Sentence(Random random, int words)
    {
        var text = new StringBuilder("w");
        for (var i = 0; i < words; i++)
        {
            text.Append(' ').Append(Atoms[random.Next(Atoms.Length)]);
        }

        return text.ToString();
    }
}
