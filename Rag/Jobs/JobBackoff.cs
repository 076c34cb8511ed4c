namespace AiApp.Rag.Jobs;

/// <summary>Pauses before a job runs again; jitter keeps jobs that failed together from returning together.</summary>
internal static class JobBackoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Refused = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>5 s, doubled with each attempt up to 10 minutes, times 0.5 to 1.5.</summary>
    public static TimeSpan AfterFailure(int attempt, double jitter)
    {
        var pause = First * Math.Pow(2, Math.Clamp(attempt - 1, 0, 20));
        return (pause < Longest ? pause : Longest) * (0.5 + jitter);
    }

    /// <summary>Outages are common to all jobs and end by themselves: 2 to 6 s, whatever the attempt.</summary>
    public static TimeSpan AfterOutage(double jitter) => TimeSpan.FromSeconds(4) * (0.5 + jitter);

    /// <summary>
    /// A spent budget does not come back in seconds, and all jobs of its tenant wait for it: 2.5 to 7.5 minutes, in case that it is
    /// raised, or a little longer than it takes to begin anew.
    /// </summary>
    public static TimeSpan AfterRefusal(TimeSpan? renewsIn, double jitter) =>
        renewsIn < Refused ? renewsIn.Value + AfterOutage(jitter) : Refused * (0.5 + jitter);
}
