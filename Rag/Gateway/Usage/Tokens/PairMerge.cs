using System.Buffers;

namespace AiApp.Rag.Gateway.Usage.Tokens;

/// <summary>
/// Byte pair encoding of one piece: of all neighbours that together are a token, those of the lowest rank become one, the leftmost
/// first, until none do.
/// </summary>
internal static class PairMerge
{
    // Looking at all neighbours for each merge is faster than keeping them in order up to about here.
    private const int LongestScanned = 96;

    /// <summary>How many tokens it makes; which ones, where they are asked for.</summary>
    public static int Count(RankTable ranks, ReadOnlySpan<byte> piece, List<int>? ids = null) =>
        piece.Length <= LongestScanned ? Scan(ranks, piece, ids) : Queue(ranks, piece, ids, out _);

    /// <summary>Quadratic in the piece, and without any memory.</summary>
    internal static int Scan(RankTable ranks, ReadOnlySpan<byte> piece, List<int>? ids)
    {
        // Where each part begins, with the end behind the last; and the rank of each together with the next one.
        Span<int> starts = stackalloc int[piece.Length + 1];
        Span<int> pairs = stackalloc int[piece.Length + 1];
        var parts = piece.Length;
        for (var place = 0; place <= parts; place++)
        {
            starts[place] = place;
            pairs[place] = place + 1 < parts ? ranks.Find(piece.Slice(place, 2)) : RankTable.None;
        }
        while (true)
        {
            var lowest = 0;
            for (var place = 1; place < parts; place++)
            {
                lowest = pairs[place] < pairs[lowest] ? place : lowest;
            }
            if (pairs[lowest] == RankTable.None)
            {
                break;
            }
            starts[(lowest + 2)..(parts + 1)].CopyTo(starts[(lowest + 1)..]);
            pairs[(lowest + 2)..(parts + 1)].CopyTo(pairs[(lowest + 1)..]);
            parts--;
            pairs[lowest] = lowest + 1 < parts ? ranks.Find(piece[starts[lowest]..starts[lowest + 2]]) : RankTable.None;
            if (lowest > 0)
            {
                pairs[lowest - 1] = ranks.Find(piece[starts[lowest - 1]..starts[lowest + 1]]);
            }
        }
        for (var place = 0; ids is not null && place < parts; place++)
        {
            ids.Add(ranks.Find(piece[starts[place]..starts[place + 1]]));
        }
        return parts;
    }

    /// <summary>n log n: neighbours wait in the order of their ranks. Steps are those taken from the queue.</summary>
    internal static int Queue(RankTable ranks, ReadOnlySpan<byte> piece, List<int>? ids, out int steps)
    {
        var rented = ArrayPool<int>.Shared.Rent(3 * (piece.Length + 1));
        // By the place where a part begins: where it ends, where the one before it begins, and its rank together with the next one.
        var ends = rented.AsSpan(0, piece.Length + 1);
        var befores = rented.AsSpan(piece.Length + 1, piece.Length + 1);
        var pairs = rented.AsSpan(2 * (piece.Length + 1), piece.Length + 1);
        var waiting = new PriorityQueue<int, (int Rank, int Place)>(piece.Length);
        var parts = piece.Length;
        for (var place = 0; place < piece.Length; place++)
        {
            (ends[place], befores[place]) = (place + 1, place - 1);
        }
        for (var place = 0; place < piece.Length; place++)
        {
            Await(piece, place, ends, pairs);
        }
        for (steps = 0; waiting.TryDequeue(out var place, out var order); steps++)
        {
            // Another merge has changed either of the two meanwhile.
            if (pairs[place] != order.Rank)
            {
                continue;
            }
            var next = ends[place];
            ends[place] = ends[next];
            pairs[next] = RankTable.None;
            if (ends[place] < piece.Length)
            {
                befores[ends[place]] = place;
            }
            parts--;
            Await(piece, place, ends, pairs);
            if (befores[place] >= 0)
            {
                Await(piece, befores[place], ends, pairs);
            }
        }
        for (var place = 0; ids is not null && place < piece.Length; place = ends[place])
        {
            ids.Add(ranks.Find(piece[place..ends[place]]));
        }
        ArrayPool<int>.Shared.Return(rented);
        return parts;

        void Await(ReadOnlySpan<byte> piece, int place, Span<int> ends, Span<int> pairs)
        {
            pairs[place] = ends[place] < piece.Length ? ranks.Find(piece[place..ends[ends[place]]]) : RankTable.None;
            if (pairs[place] != RankTable.None)
            {
                waiting.Enqueue(place, (pairs[place], place));
            }
        }
    }
}
