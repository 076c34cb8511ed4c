namespace AiApp.Web.Components.Charts;

/// <summary>From zero to a round number that is not below the greatest value, with up to five round steps.</summary>
public sealed record ChartScale(double Top, IReadOnlyList<double> Ticks)
{
    private static readonly double[] Round = [1, 2, 2.5, 5, 10];

    /// <summary><paramref name="least"/>: no step is smaller, for what is counted in whole things.</summary>
    public static ChartScale Of(double greatest, double least = 0)
    {
        if (!(greatest > 0))
        {
            return new(Math.Max(1, least), [0]);
        }
        var power = Math.Pow(10, Math.Floor(Math.Log10(greatest / 4)));
        var step = Math.Max(least, Round.First(round => round * power * 4 >= greatest * 0.999999) * power);
        var count = (int)Math.Ceiling((greatest / step) - 0.000001);
        return new(count * step, [.. Enumerable.Range(0, count + 1).Select(i => i * step)]);
    }

    /// <summary>Of 100, from below.</summary>
    public double Share(double value) => 100 * value / Top;
}
