using System.Buffers;
using System.Text;

namespace AiApp.Rag.Gateway.Usage.Tokens;

/// <summary>
/// Counts as the models do whose rank file it was given. Special tokens in a text are ordinary text, as they are to a provider that takes
/// them from nobody. Holds no state of a count: any number may run at a time.
/// </summary>
internal sealed class BytePairTokenizer(RankTable ranks, PieceEnd pattern)
{
    // A char takes three bytes at most; a pair of them four.
    private const int BytesPerChar = 3;
    private const int OnStack = 512;

    public int Count(ReadOnlySpan<char> text) => Encode(text, ids: null);

    public IReadOnlyList<int> Encode(ReadOnlySpan<char> text)
    {
        var ids = new List<int>();
        Encode(text, ids);
        return ids;
    }

    private int Encode(ReadOnlySpan<char> text, List<int>? ids)
    {
        Span<byte> small = stackalloc byte[OnStack];
        var count = 0;
        for (var place = 0; place < text.Length;)
        {
            var end = pattern(text, place);
            count += Piece(text[place..end], small, ids);
            place = end;
        }
        return count;
    }

    private int Piece(ReadOnlySpan<char> piece, Span<byte> small, List<int>? ids)
    {
        var rented = piece.Length * BytesPerChar > small.Length ? ArrayPool<byte>.Shared.Rent(piece.Length * BytesPerChar) : null;
        var buffer = rented ?? small;
        var bytes = buffer[..Encoding.UTF8.GetBytes(piece, buffer)];
        var whole = ranks.Find(bytes);
        var count = 1;
        if (whole == RankTable.None)
        {
            count = PairMerge.Count(ranks, bytes, ids);
        }
        else
        {
            ids?.Add(whole);
        }
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
        return count;
    }
}
