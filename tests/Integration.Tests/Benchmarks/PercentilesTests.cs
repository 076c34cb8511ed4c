using AiApp.Benchmarks.Measuring;

namespace AiApp.Integration.Tests.Benchmarks;

public sealed class PercentilesTests
{
    [Fact]
    public void A_percentile_is_a_value_that_was_measured() =>
        Assert.Equal(95, Percentiles.At([.. Enumerable.Range(1, 100).Select(value => (double)value).Reverse()], 0.95));

    [Fact]
    public void One_value_is_every_percentile()
    {
        Assert.Equal(3, Percentiles.At([3], 0));
        Assert.Equal(3, Percentiles.At([3], 1));
    }

    [Fact]
    public void Of_nothing_there_is_no_percentile() => Assert.Equal(double.NaN, Percentiles.At([], 0.5));

    [Fact]
    public void A_measurement_is_the_median_of_its_rounds_and_tells_their_spread()
    {
        var measured = Measurement.Of("any", 1, [new([1, 1], 2), new([5, 5], 10), new([2, 2], 4)]);

        Assert.Equal(2, measured.P50Ms);
        Assert.Equal(500, measured.PerSecond);
        Assert.Equal(new Spread(1, 5), measured.P50Spread);
    }
}
