using AiApp.Rag.Documents;

namespace AiApp.Rag.Ingestion.Languages;

/// <summary>What of a document is looked at: its blocks without code, and of a long document pieces from all over it.</summary>
internal static class TextSample
{
    /// <summary>Some 1,200 words: more do not make a decision surer, and cost time.</summary>
    public const int MaxLength = 8_000;

    private const int Pieces = 16;

    public static List<SampledWord> ReadWords(string text, IReadOnlyList<TextBlock> blocks)
    {
        var words = new List<SampledWord>();
        var total = blocks.Where(IsProse).Sum(block => (long)block.Length);
        var (stride, piece) = total <= MaxLength ? (total, total) : (total / Pieces, MaxLength / Pieces);
        var passed = 0L;
        foreach (var block in blocks.Where(IsProse))
        {
            ScanPieces(text.AsSpan(block.Start, block.Length), passed, stride, piece, words);
            passed += block.Length;
        }
        return words;
    }

    /// <summary>Those parts of a block that lie in the first <paramref name="piece"/> characters of a stride.</summary>
    private static void ScanPieces(ReadOnlySpan<char> block, long passed, long stride, long piece, List<SampledWord> words)
    {
        var at = 0;
        while (at < block.Length)
        {
            var inStride = (passed + at) % stride;
            if (inStride < piece)
            {
                var length = (int)Math.Min(block.Length - at, piece - inStride);
                WordScanner.Scan(block.Slice(at, length), words);
            }
            at += (int)Math.Min(block.Length - at, stride - inStride);
        }
    }

    private static bool IsProse(TextBlock block) => block.Kind != BlockKind.Code && block.Length > 0;
}
