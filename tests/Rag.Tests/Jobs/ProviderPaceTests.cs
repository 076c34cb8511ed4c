using AiApp.Rag.Ingestion.Embedding;
using AiApp.Rag.Jobs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Tests.Jobs;

public sealed class ProviderPaceTests
{
    private readonly SetClock _clock = new();
    private readonly ProviderPace _pace;

    public ProviderPaceTests() =>
        _pace = new(Options.Create(new JobsOptions { Concurrency = 8, RecoverySeconds = 10 }), _clock, NullLogger<ProviderPace>.Instance);

    [Fact]
    public void Refusals_that_come_together_are_one()
    {
        _pace.Limited(TimeSpan.FromSeconds(5));
        _pace.Limited(TimeSpan.FromSeconds(5));
        Assert.Equal(4, _pace.Places);

        _clock.Now += TimeSpan.FromSeconds(6);
        _pace.Limited(null);
        Assert.Equal(2, _pace.Places);
    }

    [Fact]
    public void One_place_always_stays()
    {
        for (var i = 0; i < 10; i++)
        {
            _pace.Limited(null);
            _clock.Now += TimeSpan.FromSeconds(2);
        }

        Assert.Equal(1, _pace.Places);
    }

    [Fact]
    public void A_place_comes_back_after_each_period_of_successes_up_to_all()
    {
        _pace.Limited(null);
        for (var second = 0; second < 15; second++)
        {
            _clock.Now += TimeSpan.FromSeconds(1);
            _pace.Succeeded();
        }
        Assert.Equal(5, _pace.Places);

        for (var period = 0; period < 10; period++)
        {
            _clock.Now += TimeSpan.FromSeconds(10);
            _pace.Succeeded();
        }
        Assert.Equal(8, _pace.Places);
    }

    [Fact]
    public void No_place_takes_work_before_the_pause_is_over_and_none_beyond_the_number_after()
    {
        Assert.True(_pace.WaitForPlaceAsync(7, CancellationToken.None).IsCompleted);
        _pace.Limited(TimeSpan.FromSeconds(30));
        Assert.False(_pace.WaitForPlaceAsync(0, new CancellationToken(canceled: true)).IsCompletedSuccessfully);

        _clock.Now += TimeSpan.FromSeconds(30);

        Assert.True(_pace.WaitForPlaceAsync(3, CancellationToken.None).IsCompletedSuccessfully);
        Assert.False(_pace.WaitForPlaceAsync(4, new CancellationToken(canceled: true)).IsCompletedSuccessfully);
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
