using AiApp.Web.Components.Charts;
using AiApp.Web.Components.Pages.Operations;

namespace AiApp.Web.Tests.Operations;

public sealed class ChartTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(7, 8)]
    [InlineData(8, 8)]
    [InlineData(9_891, 10_000)]
    [InlineData(0.0042, 0.006)]
    public void A_scale_ends_at_a_round_number_not_below_the_greatest_value(double greatest, double top) => Assert.Equal(top, ChartScale.Of(greatest).Top, 9);

    [Theory]
    [InlineData(0.003)]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(99.9)]
    [InlineData(123_456_789)]
    public void A_scale_has_between_two_and_five_steps(double greatest) => Assert.InRange(ChartScale.Of(greatest).Ticks.Count - 1, 2, 5);

    [Fact]
    public void What_is_counted_in_whole_things_has_whole_steps() => Assert.Equal([0, 1, 2], ChartScale.Of(2, least: 1).Ticks);

    [Fact]
    public void A_slice_without_anything_has_its_place_too()
    {
        var from = new DateTimeOffset(2026, 3, 2, 9, 10, 0, TimeSpan.Zero);
        var slices = new TimeSlices(ViewedRange.Between(from, from.AddHours(2)), TimeSpan.FromMinutes(30), "/operations");

        var places = slices.Places(_ => [null]);

        Assert.Equal(["09:00", "09:30", "10:00", "10:30", "11:00"], places.Select(place => place.Label));
        Assert.Equal("/operations?from=2026-03-02T09%3A30%3A00Z&to=2026-03-02T10%3A00%3A00Z", places[1].Href);
    }

    [Fact]
    public void What_cannot_be_cut_smaller_leads_nowhere()
    {
        var from = new DateTimeOffset(2026, 3, 2, 9, 10, 0, TimeSpan.Zero);

        Assert.All(new TimeSlices(ViewedRange.Between(from, from.AddHours(1)), TimeSpan.FromMinutes(1), "/operations").Places(_ => []), place => Assert.Null(place.Href));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.4, "0.4 ms")]
    [InlineData(42.4, "42 ms")]
    [InlineData(1_284, "1.28 s")]
    [InlineData(12_840, "12.8 s")]
    [InlineData(90_000, "1.5 min")]
    public void A_time_has_the_digits_that_say_something(double milliseconds, string words) => Assert.Equal(words, OperationsWords.Time(milliseconds));

    [Theory]
    [InlineData(950, "950")]
    [InlineData(9_891, "9,891")]
    [InlineData(14_200, "14.2k")]
    [InlineData(999_600, "1.00M")]
    [InlineData(125_400_000, "125M")]
    public void A_great_number_is_short(double number, string words) => Assert.Equal(words, OperationsWords.Short(number));
}
