using System.Collections.Concurrent;

namespace AiApp.Benchmarks.Measuring;

/// <summary>What is measured: a call for one query.</summary>
/// <param name="Clients">How many callers ask at the same time; each waits for its answer before it asks again.</param>
/// <param name="Limit">At most this many queries a round, for subjects that are too slow for all.</param>
internal sealed record Subject<TQuery>(string Name, int Clients, Func<TQuery, CancellationToken, Task> CallAsync, int Limit = int.MaxValue);

/// <summary>Closed-loop load in rounds. Subjects alternate, so that a disturbance of the machine does not fall on one of them alone.</summary>
internal sealed class Load<TQuery>(IReadOnlyList<TQuery> queries, int rounds, TimeProvider clock)
{
    public async Task<IReadOnlyList<Measurement>> MeasureAsync(IReadOnlyList<Subject<TQuery>> subjects, CancellationToken ct)
    {
        foreach (var subject in subjects)
        {
            await RunAsync(subject, ct);
        }
        var results = subjects.Select(_ => new List<Round>()).ToList();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < subjects.Count; i++)
            {
                results[i].Add(await RunAsync(subjects[i], ct));
            }
        }
        return [.. subjects.Select((subject, i) => Measurement.Of(subject.Name, subject.Clients, results[i]))];
    }

    private async Task<Round> RunAsync(Subject<TQuery> subject, CancellationToken ct)
    {
        var waiting = new ConcurrentQueue<TQuery>(queries.Take(subject.Limit));
        var start = clock.GetTimestamp();
        var durations = await Task.WhenAll(Enumerable.Range(0, subject.Clients).Select(_ => Task.Run(() => ServeAsync(subject, waiting, ct), ct)));
        return new([.. durations.SelectMany(own => own)], clock.GetElapsedTime(start).TotalMilliseconds);
    }

    private async Task<List<double>> ServeAsync(Subject<TQuery> subject, ConcurrentQueue<TQuery> waiting, CancellationToken ct)
    {
        var durations = new List<double>();
        while (waiting.TryDequeue(out var query))
        {
            var start = clock.GetTimestamp();
            await subject.CallAsync(query, ct);
            durations.Add(clock.GetElapsedTime(start).TotalMilliseconds);
        }
        return durations;
    }
}
