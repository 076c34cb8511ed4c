namespace AiApp.Evals.Tuning;

/// <summary>The middle 95 % of what the mean could have been with other queries of the same kind.</summary>
internal sealed record Interval(double Low, double High);

/// <summary>Paired bootstrap over queries.</summary>
internal sealed class Bootstrap(int seed)
{
    private const int Draws = 2000;
    private const double Tail = 0.025;

    /// <summary>Of the mean of the differences.</summary>
    public Interval Of(double[] differences) => OfMacro([differences]);

    /// <summary>Of the mean over sets of the means over queries; queries are drawn within their set.</summary>
    public Interval OfMacro(IReadOnlyList<double[]> differences)
    {
        var random = new Random(seed);
        var means = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            means[draw] = differences.Average(set =>
            {
                var sum = 0.0;
                for (var i = 0; i < set.Length; i++)
                {
                    sum += set[random.Next(set.Length)];
                }
                return sum / set.Length;
            });
        }
        Array.Sort(means);
        return new(means[(int)(Tail * Draws)], means[(int)((1 - Tail) * Draws) - 1]);
    }
}
