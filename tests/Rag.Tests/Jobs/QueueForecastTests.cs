using AiApp.Rag.Jobs;

namespace AiApp.Rag.Tests.Jobs;

public sealed class QueueForecastTests
{
    [Theory]
    [InlineData(0, false, QueueForecast.Idle)]
    [InlineData(10, true, QueueForecast.Paused)]
    [InlineData(10, false, QueueForecast.TooLittleObserved)]
    public void Without_a_basis_there_is_a_reason(int open, bool paused, string reason) =>
        Assert.Equal(new(null, null, null, reason), QueueForecast.Of(open, paused, [new(1, 3, 9)], busySeconds: 300));

    [Fact]
    public void A_steady_rate_gives_the_time_and_a_narrow_interval()
    {
        // Two documents a second.
        var forecast = QueueForecast.Of(1200, false, Steady(20), busySeconds: 400);

        Assert.Equal(600, forecast.Seconds!.Value, 3);
        Assert.InRange(forecast.Earliest!.Value, 500, 600);
        Assert.InRange(forecast.Latest!.Value, 600, 700);
    }

    [Fact]
    public void An_irregular_rate_widens_the_interval()
    {
        var steady = QueueForecast.Of(1200, false, Steady(20), 400);
        var bursts = QueueForecast.Of(1200, false, [.. Enumerable.Range(1, 30).Select(n => new CompletedSlice(n, n % 2 == 0 ? 40 : 0, 0))], 400);

        Assert.Equal(steady.Seconds!.Value, bursts.Seconds!.Value, 3);
        Assert.True(bursts.Latest - bursts.Earliest > steady.Latest - steady.Earliest);
    }

    [Fact]
    public void Time_before_there_was_work_does_not_slow_the_rate()
    {
        var forecast = QueueForecast.Of(100, false, [new(1, 10, 0), new(2, 10, 0), new(3, 10, 0)], busySeconds: 45);

        Assert.Equal(100, forecast.Seconds!.Value, 3);
    }

    [Fact]
    public void The_interval_holds_what_happens_four_times_of_five()
    {
        var random = new Random(20260302);
        var hits = 0;
        for (var trial = 0; trial < 1000; trial++)
        {
            var past = Enumerable.Range(1, 30).Select(n => new CompletedSlice(n, Draw(random), 0)).ToList();
            var forecast = QueueForecast.Of(300, false, past, 400);
            var (left, slices) = (300, 0);
            while (left > 0)
            {
                left -= Draw(random);
                slices++;
            }
            // The last slice was needed in part.
            var took = (slices - 0.5) * QueueForecast.SliceSeconds;
            hits += took >= forecast.Earliest && took <= forecast.Latest ? 1 : 0;
        }

        Assert.InRange(hits, 770, 870);
    }

    [Fact]
    public void Throughput_is_counted_over_whole_minutes()
    {
        var rate = QueueForecast.Rate([new(0, 6, 60), new(5, 6, 60), new(6, 60, 600)], minutes: 1);

        Assert.Equal((0.2, 2.0), (rate.DocumentsPerSecond, rate.ChunksPerSecond));
    }

    private static List<CompletedSlice> Steady(int documents) => [.. Enumerable.Range(1, 30).Select(n => new CompletedSlice(n, documents, documents))];

    // About ten documents a slice, each done at its own time.
    private static int Draw(Random random) => Enumerable.Range(0, 200).Count(_ => random.NextDouble() < 0.05);
}
