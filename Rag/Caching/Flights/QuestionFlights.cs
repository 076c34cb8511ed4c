using System.Collections.Concurrent;

namespace AiApp.Rag.Caching.Flights;

/// <summary>The answers that this process is writing right now: one question of one partition is written once at a time.</summary>
internal sealed class QuestionFlights
{
    private readonly ConcurrentDictionary<(CachePartition, string), QuestionFlight> _flights = new();
    private long _landed;

    /// <summary>How many have landed: who looked before the last of them may have missed what it brought.</summary>
    public long Landed => Interlocked.Read(ref _landed);

    /// <summary>True for whoever writes the answer and lands the flight; for everybody else it is somebody's who does.</summary>
    public bool TryBegin(CachePartition partition, string id, out QuestionFlight flight)
    {
        var key = (partition, id);
        var mine = new QuestionFlight(landed =>
        {
            Interlocked.Increment(ref _landed);
            _flights.TryRemove(new(key, landed));
        });
        flight = _flights.GetOrAdd(key, mine);
        return ReferenceEquals(flight, mine);
    }
}
