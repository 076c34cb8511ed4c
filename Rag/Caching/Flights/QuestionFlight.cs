namespace AiApp.Rag.Caching.Flights;

/// <summary>An answer that is being written, and everyone who waits for it. It lands once; to land is never forgotten, because it is disposed.</summary>
internal sealed class QuestionFlight(Action<QuestionFlight> landed) : IDisposable
{
    private readonly TaskCompletionSource<FlightEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<FlightEnd> End => _end.Task;

    /// <summary>Null: what came to be is for nobody else.</summary>
    public void Land(CachedAnswer? answer) => Finish(new(answer, IsAbandoned: false));

    /// <summary>Whoever asked has gone, and that says nothing about the answer: one of those who wait writes it.</summary>
    public void Abandon() => Finish(new(null, IsAbandoned: true));

    public void Dispose() => Land(null);

    private void Finish(FlightEnd end)
    {
        // Removed before they are told: whoever comes back finds no flight that has landed.
        if (!_end.Task.IsCompleted)
        {
            landed(this);
            _end.TrySetResult(end);
        }
    }
}

internal sealed record FlightEnd(CachedAnswer? Answer, bool IsAbandoned);
