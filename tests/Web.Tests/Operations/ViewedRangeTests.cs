using AiApp.Web.Components.Pages.Operations;

namespace AiApp.Web.Tests.Operations;

public sealed class ViewedRangeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 14, 30, TimeSpan.Zero);

    [Theory]
    [InlineData("1h", 1)]
    [InlineData("24h", 24)]
    [InlineData("7d", 168)]
    [InlineData("30d", 720)]
    [InlineData(null, 24)]
    [InlineData("a year", 24)]
    public void A_name_is_a_time_that_ends_now(string? name, int hours)
    {
        var range = ViewedRange.Read(name, null, null, Now);

        Assert.Equal((Now.AddHours(-hours), Now, true), (range.From, range.To, range.EndsNow));
    }

    [Theory]
    [InlineData("2026-03-01T10:00", "2026-03-01T11:00")]
    [InlineData("2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z")]
    [InlineData("2026-03-01T11:00:00+01:00", "2026-03-01T12:00:00+01:00")]
    public void Two_instants_are_a_time_of_their_own_without_a_zone_in_UTC(string from, string to)
    {
        var range = ViewedRange.Read("7d", from, to, Now);

        Assert.Equal((new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 1, 11, 0, 0, TimeSpan.Zero), false), (range.From, range.To, range.EndsNow));
    }

    [Theory]
    [InlineData("2026-03-01T11:00", "2026-03-01T10:00")]
    [InlineData("2026-03-01T11:00", "")]
    [InlineData("0001-01-01", "9999-12-31")]
    [InlineData("<script>", "1")]
    public void Nonsense_is_the_last_day(string from, string to) => Assert.Equal("24h", ViewedRange.Read(null, from, to, Now).Name);

    [Fact]
    public void An_address_that_a_range_has_written_is_read_as_the_same_range()
    {
        var range = ViewedRange.Between(Now.AddMinutes(-30), Now);

        var query = System.Web.HttpUtility.ParseQueryString(new Uri("http://a" + range.Link("/operations", ("measure", "tokens & more"))).Query);

        Assert.Equal(range, ViewedRange.Read(query["range"], query["from"], query["to"], Now.AddDays(3)));
        Assert.Equal("tokens & more", query["measure"]);
    }

    [Fact]
    public void The_usual_range_and_what_is_empty_stand_in_no_address() =>
        Assert.Equal("/operations", ViewedRange.Read(null, null, null, Now).Link("/operations", ("measure", null), ("code", "")));
}
