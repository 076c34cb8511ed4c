namespace AiApp.Rag;

internal static class Patience
{
    /// <summary>Whether the work ends within this time, however it ends. It goes on otherwise.</summary>
    public static async Task<bool> EndsWithinAsync(this Task work, TimeSpan time, TimeProvider clock)
    {
        using var ended = new CancellationTokenSource();
        var first = await Task.WhenAny(work, Task.Delay(time, clock, ended.Token));
        await ended.CancelAsync();
        return first == work;
    }
}
