using System.Collections.Concurrent;
using AiApp.Rag.Telemetry;

namespace AiApp.Rag.Retrieval;

/// <summary>Measures named stages: a span, a histogram and an entry in the answer's record for each.</summary>
internal sealed class StageWatch(TimeProvider clock)
{
    private readonly long _began = clock.GetTimestamp();
    private readonly ConcurrentQueue<StageTiming> _stages = new();

    public IReadOnlyList<StageTiming> Stages => [.. _stages];

    public async Task<T> MeasureAsync<T>(string stage, Func<Task<T>> run)
    {
        using var activity = RagTelemetry.Source.StartActivity($"aiapp.{stage}");
        var start = clock.GetTimestamp();
        var result = await run();
        Add(stage, clock.GetElapsedTime(start));
        return result;
    }

    /// <summary>It ends now.</summary>
    public void Add(string stage, TimeSpan elapsed)
    {
        var began = clock.GetElapsedTime(_began) - elapsed;
        _stages.Enqueue(new(stage, Math.Round(elapsed.TotalMilliseconds, 2), Math.Round(began.TotalMilliseconds, 2)));
        RagTelemetry.AnswerStageDuration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>(RagTelemetry.Stage, stage));
    }
}
