using System.Globalization;
using AiApp.Web.Components.Charts;

namespace AiApp.Web.Components.Pages.Operations;

/// <summary>The slices of a range, also those in which nothing was: slices begin at multiples of their width after 1970.</summary>
public sealed record TimeSlices(ViewedRange Range, TimeSpan Width, string Page)
{
    public IEnumerable<DateTimeOffset> All
    {
        get
        {
            var first = Range.From.UtcTicks - ((Range.From.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) % Width.Ticks);
            for (var at = first; at < Range.To.UtcTicks; at += Width.Ticks)
            {
                yield return new(at, TimeSpan.Zero);
            }
        }
    }

    /// <summary>Places of a chart, each with a link to where it is looked at alone.</summary>
    public IReadOnlyList<ChartPlace> Places(Func<DateTimeOffset, IReadOnlyList<double?>> values) =>
    [
        .. All.Select(at => new ChartPlace
        {
            Label = Label(at),
            AxisLabel = at.UtcDateTime.ToString(IsLong ? "d MMM" : "HH:mm", CultureInfo.InvariantCulture),
            Values = values(at),
            Href = Width > TimeSpan.FromMinutes(1) ? ViewedRange.Between(at, at + Width).Link(Page) : null,
        }),
    ];

    private string Label(DateTimeOffset at) => at.UtcDateTime.ToString(
        Width >= TimeSpan.FromDays(1) ? "d MMM" : IsLong ? "d MMM HH:mm" : "HH:mm", CultureInfo.InvariantCulture);

    private bool IsLong => Range.To - Range.From > TimeSpan.FromHours(25);
}
