using System.Runtime.CompilerServices;

namespace AiApp.Contracts;

/// <summary>What goes on without us, read over connections that break.</summary>
internal static class PatientReading
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <param name="connect">Reads on from where it is.</param>
    /// <param name="isEnd">Whether nothing comes behind this one.</param>
    /// <param name="goesOn">Whether to connect once more after so many connections in a row that brought nothing, the last of which failed or, with null,
    /// was closed in order.</param>
    /// <param name="clock">Of the pause between two connections.</param>
    /// <param name="ct">Ends it.</param>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        Func<IAsyncEnumerable<T>> connect, Func<T, bool> isEnd, Func<int, Exception?, bool> goesOn, TimeProvider clock, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var connections = 1; ; connections++)
        {
            await using (var reading = connect().GetAsyncEnumerator(ct))
            {
                while (await MoveAsync(reading, failure => goesOn(connections, failure), ct))
                {
                    connections = 1;
                    yield return reading.Current;
                    if (isEnd(reading.Current))
                    {
                        yield break;
                    }
                }
            }
            if (!goesOn(connections, null))
            {
                yield break;
            }
            await Task.Delay(Pause, clock, ct);
        }
    }

    /// <summary>False at the end, and where it can be read no further just now.</summary>
    private static async Task<bool> MoveAsync<T>(IAsyncEnumerator<T> reading, Func<Exception, bool> goesOn, CancellationToken ct)
    {
        try
        {
            return await reading.MoveNextAsync();
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && MayPass(failure) && goesOn(failure))
        {
            return false;
        }
    }

    /// <summary>Whether what was refused or broke off may succeed a moment later.</summary>
    private static bool MayPass(Exception failure) =>
        failure is HttpRequestException or IOException or AiAppException { Problem.Retryable: true }
        // What a connection that was never made ends with.
        or TaskCanceledException { InnerException: TimeoutException };
}
