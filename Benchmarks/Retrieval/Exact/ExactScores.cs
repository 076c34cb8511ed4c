using AiApp.Rag.Retrieval;

namespace AiApp.Benchmarks.Retrieval.Exact;

/// <summary>The score of every chunk for one query; those at or below the floor are no results.</summary>
internal sealed class ExactScores(ExactIndex index, double[] scores, double floor)
{
    public List<LegHit> Top(IReadOnlySet<int> readerSets, int depth)
    {
        var best = new PriorityQueue<int, (double Score, long NegativeId)>();
        for (var place = 0; place < scores.Length; place++)
        {
            if (scores[place] > floor && readerSets.Contains(index.ReaderSetAt(place)))
            {
                best.Enqueue(place, (scores[place], -index.IdAt(place)));
                if (best.Count > depth)
                {
                    best.Dequeue();
                }
            }
        }
        var hits = new List<LegHit>(best.Count);
        while (best.TryDequeue(out var place, out _))
        {
            hits.Add(new(index.IdAt(place), scores[place]));
        }
        hits.Reverse();
        return hits;
    }

    /// <summary>Null when the chunk may not be read, or came later than the index was made.</summary>
    public double? Of(long chunkId, IReadOnlySet<int> readerSets) =>
        index.FindPlace(chunkId) is { } place && readerSets.Contains(index.ReaderSetAt(place)) ? scores[place] : null;
}
