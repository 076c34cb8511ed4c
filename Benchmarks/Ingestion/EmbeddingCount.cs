using System.Diagnostics.Metrics;
using AiApp.Rag.Telemetry;

namespace AiApp.Benchmarks.Ingestion;

/// <summary>Counts vectors that a model was asked for, and those found in the database, as telemetry tells them.</summary>
internal sealed class EmbeddingCount : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _made;
    private long _reused;

    public EmbeddingCount()
    {
        // Before the listener starts: instruments are told of while the class that holds them is still being made.
        var embedded = RagTelemetry.EmbeddedChunks;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument, embedded))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag.Key == RagTelemetry.Outcome)
                {
                    Interlocked.Add(ref tag.Value is "made" ? ref _made : ref _reused, count);
                }
            }
        });
        _listener.Start();
    }

    public long Made => Interlocked.Read(ref _made);
    public long Reused => Interlocked.Read(ref _reused);

    public void Dispose() => _listener.Dispose();
}
