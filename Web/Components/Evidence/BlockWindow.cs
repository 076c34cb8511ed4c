using System.Runtime.InteropServices;
using AiApp.Contracts;

namespace AiApp.Web.Components.Evidence;

/// <summary>The blocks that are drawn: a long document is shown around its highlight and grows on request.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BlockWindow(int From, int To)
{
    private const int CharactersAround = 12_000;

    public static BlockWindow Around(IReadOnlyList<BlockDto> blocks, int offset)
    {
        var centre = 0;
        while (centre + 1 < blocks.Count && blocks[centre + 1].Start <= offset)
        {
            centre++;
        }
        return new BlockWindow(centre, Math.Min(centre + 1, blocks.Count)).GrowUp(blocks).GrowDown(blocks);
    }

    public BlockWindow GrowUp(IReadOnlyList<BlockDto> blocks)
    {
        var from = From;
        for (var room = CharactersAround; from > 0 && room > 0; from--)
        {
            room -= blocks[from - 1].Length;
        }
        return this with { From = from };
    }

    public BlockWindow GrowDown(IReadOnlyList<BlockDto> blocks)
    {
        var to = To;
        for (var room = CharactersAround; to < blocks.Count && room > 0; to++)
        {
            room -= blocks[to].Length;
        }
        return this with { To = to };
    }
}
