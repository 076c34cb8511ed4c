using System.Text;
using AiApp.Rag.Gateway.Usage.Tokens;

namespace AiApp.Evals.Tokens;

/// <summary>How far estimates are from the true counts of the same texts, relative to these.</summary>
internal sealed record EstimateError(double Median, double AbsoluteMedian, double Absolute90, double Absolute99, double Lowest1)
{
    public static EstimateError Of(IReadOnlyList<string> texts, IReadOnlyList<int> counts, Func<string, int> estimate)
    {
        double[] errors = [.. texts.Zip(counts, (text, count) => ((double)estimate(text) / count) - 1).Order()];
        double[] absolute = [.. errors.Select(Math.Abs).Order()];
        return new(At(errors, 0.5), At(absolute, 0.5), At(absolute, 0.9), At(absolute, 0.99), At(errors, 0.01));
    }

    /// <summary>Share of the texts that take more than the estimate with its spare, which says what fits a context.</summary>
    public static double ShareBeyondSpare(IReadOnlyList<string> texts, IReadOnlyList<int> counts) =>
        texts.Zip(counts, (text, count) => EstimatedTokens.WithSpare(EstimatedTokens.Of(text), Encoding.UTF8.GetByteCount(text)) < count ? 1.0 : 0).Average();

    /// <summary>The rule of thumb for English, which the estimate must beat.</summary>
    public static int QuarterOfBytes(string text) => (Encoding.UTF8.GetByteCount(text) + 3) / 4;

    public static int Estimate(string text) => EstimatedTokens.Of(text);

    private static double At(double[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
