namespace AiApp.Rag.Gateway.Routing;

internal static class Race
{
    /// <summary>Whichever begins to answer first; the other one is stopped and let go of. Fails when both do.</summary>
    public static async Task<(Begun<T>, RunningAttempt)> FirstAsync<T>(
        Task<Begun<T>> running, RunningAttempt first, Task<Begun<T>> hedge, RunningAttempt second)
    {
        var early = await Task.WhenAny(running, hedge);
        var (winner, won, loser, lost) = early == running ? (running, first, hedge, second) : (hedge, second, running, first);
        try
        {
            var begun = await winner;
            await lost.StopAsync();
            _ = LetGoAsync(loser, lost);
            return (begun, won);
        }
        catch (Exception failure) when (failure is ModelProviderException or QuotaExceededException)
        {
            return (await loser, lost);
        }
        catch
        {
            await lost.StopAsync();
            _ = LetGoAsync(loser, lost);
            throw;
        }
    }

    /// <summary>It has told its own outcome; nobody waits for it.</summary>
    private static async Task LetGoAsync<T>(Task<Begun<T>> loser, RunningAttempt lost)
    {
        await ((Task)loser).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        if (loser.IsCompletedSuccessfully)
        {
            await (await loser).Close();
            lost.Dispose();
        }
    }
}
