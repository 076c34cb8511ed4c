namespace AiApp.Evals.Caching;

/// <summary>What a cache did with questions of which one knows whether an answer is kept that suits them.</summary>
internal sealed record HitCount(int Asked, int Answerable, int RightHits, int WrongHits)
{
    public static HitCount None { get; } = new(0, 0, 0, 0);

    public int Hits => RightHits + WrongHits;

    /// <summary>Of the questions that an answer was kept for.</summary>
    public double HitRate => Answerable == 0 ? 0 : (double)RightHits / Answerable;

    public double WrongShare => Hits == 0 ? 0 : (double)WrongHits / Hits;

    /// <summary>With 95 % confidence no more than this share of its hits is wrong (Clopper and Pearson, one-sided); 1 without hits.</summary>
    public double WrongShareAtMost
    {
        get
        {
            var (low, high) = (WrongShare, 1.0);
            for (var i = 0; i < 60 && Hits > WrongHits; i++)
            {
                var middle = (low + high) / 2;
                (low, high) = AtMost(WrongHits, Hits, middle) > 0.05 ? (middle, high) : (low, middle);
            }
            return high;
        }
    }

    public HitCount Count(bool isAnswerable, bool isHit, bool isRight) => new(
        Asked + 1, Answerable + (isAnswerable ? 1 : 0), RightHits + (isHit && isRight ? 1 : 0), WrongHits + (isHit && !isRight ? 1 : 0));

    public static HitCount operator +(HitCount one, HitCount other) => new(
        one.Asked + other.Asked, one.Answerable + other.Answerable, one.RightHits + other.RightHits, one.WrongHits + other.WrongHits);

    /// <summary>Probability of so few successes.</summary>
    private static double AtMost(int successes, int trials, double probability)
    {
        var (sum, log) = (0.0, trials * Math.Log(1 - probability));
        for (var i = 0; i <= successes; i++)
        {
            sum += Math.Exp(log);
            log += Math.Log(trials - i) - Math.Log(i + 1) + Math.Log(probability) - Math.Log(1 - probability);
        }
        return sum;
    }
}
