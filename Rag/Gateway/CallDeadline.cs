namespace AiApp.Rag.Gateway;

/// <summary>How much time a call still has.</summary>
internal sealed class CallDeadline(TimeProvider clock, TimeSpan deadline)
{
    public const string OptionsKey = "aiapp.call_deadline";

    private readonly long _start = clock.GetTimestamp();

    /// <summary>Never negative.</summary>
    public TimeSpan Left
    {
        get
        {
            var left = deadline - clock.GetElapsedTime(_start);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
