namespace AiApp.Rag.Jobs;

/// <summary>When the queue will be empty, in seconds from now: the middle and the interval that holds it four times of five. Or why not.</summary>
public sealed record QueueForecast(double? Seconds, double? Earliest, double? Latest, string? Reason)
{
    public const string Idle = "idle";
    public const string Paused = "paused";
    public const string TooLittleObserved = "too_little_observed";

    /// <summary>Length of a slice in seconds.</summary>
    internal const int SliceSeconds = 10;

    /// <summary>Slices that are kept in view: fifteen minutes.</summary>
    internal const int Slices = 90;

    // The rate of five minutes: long enough to even out single large documents, short enough to follow a change.
    private const int ObservedSlices = 30;
    private const int FewestSlices = 3;
    private const int FewestDocuments = 10;

    // 80 % of a normal distribution lie within so many standard deviations.
    private const double Deviations = 1.2816;

    internal static QueueForecast None(string reason) => new(null, null, null, reason);

    /// <summary>
    /// <paramref name="busySeconds"/> is for how long there has been work. The spread of the slices tells how sure the rate is, and
    /// how much the slices to come will spread.
    /// </summary>
    internal static QueueForecast Of(int open, bool paused, IReadOnlyList<CompletedSlice> completed, double busySeconds)
    {
        if (open == 0)
        {
            return None(Idle);
        }
        if (paused)
        {
            return None(Paused);
        }

        // The newest slice has only begun.
        var count = (int)Math.Min(ObservedSlices, Math.Floor(busySeconds / SliceSeconds) - 1);
        var documents = new double[Math.Max(0, count)];
        foreach (var slice in completed.Where(slice => slice.Slice >= 1 && slice.Slice <= count))
        {
            documents[slice.Slice - 1] = slice.Documents;
        }

        var total = documents.Sum();
        if (count < FewestSlices || total < FewestDocuments)
        {
            return None(TooLittleObserved);
        }

        var mean = total / count;
        var spread = documents.Sum(d => (d - mean) * (d - mean)) / (count - 1) / (mean * mean);
        // Completions come at least as irregularly as chance makes them.
        spread = Math.Max(spread, 1 / mean);
        var slicesToCome = open / mean;
        var relative = Math.Sqrt((spread / count) + (spread / slicesToCome));
        var middle = slicesToCome * SliceSeconds;
        return new(middle, middle / (1 + (Deviations * relative)), middle / Math.Max(0.1, 1 - (Deviations * relative)), null);
    }

    internal static Throughput Rate(IReadOnlyList<CompletedSlice> completed, int minutes)
    {
        var slices = completed.Where(slice => slice.Slice < minutes * 60 / SliceSeconds).ToList();
        return new(slices.Sum(slice => slice.Documents) / (minutes * 60.0), slices.Sum(slice => slice.Chunks) / (minutes * 60.0));
    }
}
