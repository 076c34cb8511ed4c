using System.Diagnostics;
using AiApp.Contracts;

namespace AiApp.Cli;

/// <summary>Waits for a stack that may still be starting and for documents that may still be ingested.</summary>
internal sealed class ReadyDocuments(Terminal terminal)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PollTimeout = TimeSpan.FromSeconds(10);

    private string _said = "";

    /// <summary>
    /// True once a document is ready and none is waiting or working; false, said on stderr, when the limit has passed.
    /// The connection is opened anew for each look: the address may come to be known while we wait.
    /// </summary>
    public async Task<bool> WaitAsync(Func<ApiConnection> open, TimeSpan limit, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        int? settledAt = null;
        while (true)
        {
            using var api = open();
            var summary = await LookAsync(api, ct);
            // Seen twice with the same count: between two documents of a first start nothing is waiting for a moment.
            if (summary is { Ready: > 0, Waiting: 0, Working: 0 } && settledAt == summary.Ready)
            {
                return true;
            }
            settledAt = summary is { Waiting: 0, Working: 0 } ? summary.Ready : null;
            if (Stopwatch.GetElapsedTime(started) >= limit)
            {
                await terminal.Error.WriteLineAsync($"error: gave up after {limit.TotalSeconds:0} s: {_said}");
                return false;
            }
            await Task.Delay(PollInterval, ct);
        }
    }

    private async Task<DocumentSummaryDto?> LookAsync(ApiConnection api, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(PollTimeout);
        try
        {
            var summary = await api.Client.GetDocumentSummaryAsync(timeout.Token);
            await SayAsync($"{summary.Ready} ready, {summary.Waiting} waiting, {summary.Working} working, {summary.Failed} failed");
            return summary;
        }
        catch (HttpRequestException)
        {
            await SayAsync($"the Api at {api.Endpoint.Address} cannot be reached yet");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            await SayAsync($"the Api at {api.Endpoint.Address} does not answer yet");
        }
        catch (AiAppException e) when (e.Problem.Retryable || e.Problem.Status is >= 500)
        {
            await SayAsync($"the Api is not ready yet: {Terminal.OneLine(e.Message)}");
        }
        return null;
    }

    private async Task SayAsync(string state)
    {
        if (state != _said)
        {
            _said = state;
            await terminal.Error.WriteLineAsync($"waiting for documents: {state}");
        }
    }
}
