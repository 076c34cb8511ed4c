namespace AiApp.Benchmarks.Measuring;

internal static class Percentiles
{
    /// <summary>The smallest value that at least this share (0 to 1) of the values do not exceed; NaN of nothing.</summary>
    public static double At(IReadOnlyCollection<double> values, double share)
    {
        if (values.Count == 0)
        {
            return double.NaN;
        }
        var sorted = values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    public static double Median(IReadOnlyCollection<double> values) => At(values, 0.5);
}
