using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AiApp.Polyfills.Tests.AI;

internal sealed record Measurement(string Instrument, double Value, IReadOnlyDictionary<string, object?> Tags);

/// <summary>Listens to one source and meter; each test has a name of its own, so that tests running beside it stay out.</summary>
internal sealed class TelemetryRecorder : IDisposable
{
    private readonly ActivityListener spans;
    private readonly MeterListener meters = new();

    public TelemetryRecorder(string? name = null)
    {
        Name = name ?? $"test.{Guid.NewGuid():N}";
        spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Spans.Enqueue,
        };
        ActivitySource.AddActivityListener(spans);
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Name)
            {
                Instruments[instrument.Name] = instrument;
                listener.EnableMeasurementEvents(instrument);
            }
        };
        meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        meters.Start();
    }

    public string Name { get; }

    public ConcurrentQueue<Activity> Spans { get; } = new();

    public ConcurrentDictionary<string, Instrument> Instruments { get; } = new();

    public ConcurrentQueue<Measurement> Measurements { get; } = new();

    public Activity Span => Assert.Single(Spans);

    public IEnumerable<Measurement> Of(string instrument) => Measurements.Where(measurement => measurement.Instrument == instrument);

    public void Dispose()
    {
        spans.Dispose();
        meters.Dispose();
    }

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        Measurements.Enqueue(new Measurement(instrument.Name, value, tags.ToArray().ToDictionary()));
}
