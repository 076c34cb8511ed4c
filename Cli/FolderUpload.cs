using System.Diagnostics;
using AiApp.Contracts;

namespace AiApp.Cli;

internal sealed record UploadFailure(string SourceUri, string Reason);

internal sealed record UploadReport(
    int Files, int Ready, int Unchanged, int Chunks, TimeSpan Elapsed, IReadOnlyList<UploadFailure> Failures);

/// <summary>Where an upload stands: files sent, and of them those that are finished.</summary>
internal sealed record UploadState(int Files, int Sent, int Finished);

/// <summary>Sends files in batches and follows them until each is ready or failed.</summary>
internal sealed class FolderUpload(AiAppClient client, string? collection, string[]? readers)
{
    private const int MaxAttempts = 6;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    // Above this many open documents their count is precise enough; below it, only those of this upload count.
    private const int ListBelow = 200;

    private readonly HashSet<Guid> _accepted = [];
    private readonly List<UploadFailure> _failures = [];
    private int _unchanged;

    public async Task<UploadReport> RunAsync(
        IReadOnlyList<SourceFile> files, Action<UploadState> progress, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var sent = 0;
        progress(new(files.Count, 0, 0));
        foreach (var batch in SourceFolder.Batch(files))
        {
            Note(await SendAsync(batch, ct));
            sent += batch.Count;
            progress(new(files.Count, sent, Finished(await CountOpenAsync(ct))));
        }
        // Zero must be seen twice: a document on its way from one state to another can escape two lists once.
        for (var zeros = 0; zeros < 2;)
        {
            var open = await CountOpenAsync(ct);
            zeros = open == 0 ? zeros + 1 : 0;
            progress(new(files.Count, sent, Finished(open)));
            if (open > 0)
            {
                await Task.Delay(PollInterval, ct);
            }
        }
        var elapsed = Stopwatch.GetElapsedTime(started);
        var failed = await NoteFailedAsync(ct);
        var (ready, chunks) = await CountReadyAsync(_accepted.Count - failed, ct);
        return new(files.Count, ready, _unchanged, chunks, elapsed, _failures);

        int Finished(int open) => sent - open;
    }

    private async Task<UploadResultDto> SendAsync(IReadOnlyList<SourceFile> batch, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var streams = new List<(string Name, Stream Content)>();
            try
            {
                streams.AddRange(batch.Select(f => (f.SourceUri, (Stream)File.OpenRead(f.Path))));
                return await client.UploadAsync(streams, collection, readers, ct);
            }
            // Sending again is safe: bytes that have arrived are answered with "unchanged".
            catch (AiAppException e) when (e.Problem.Retryable && attempt < MaxAttempts)
            {
                await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt - 1)), ct);
            }
            finally
            {
                foreach (var (_, content) in streams)
                {
                    await content.DisposeAsync();
                }
            }
        }
    }

    private void Note(UploadResultDto result)
    {
        foreach (var file in result.Files)
        {
            if (file is { Outcome: "accepted", DocumentId: { } accepted })
            {
                _accepted.Add(accepted);
            }
            else if (file.Outcome == "unchanged")
            {
                _unchanged++;
            }
            else
            {
                _failures.Add(new(file.SourceUri, file.Problem is null ? file.Outcome : Verb.Describe(file.Problem)));
            }
        }
    }

    private async Task<int> CountOpenAsync(CancellationToken ct)
    {
        var summary = await client.GetDocumentSummaryAsync(ct);
        var open = summary.Waiting + summary.Working;
        if (open is 0 or > ListBelow)
        {
            return Math.Min(open, _accepted.Count);
        }
        var mine = new HashSet<Guid>();
        foreach (var status in new[] { DocumentStatuses.Waiting, DocumentStatuses.Working })
        {
            await foreach (var document in client.ListAllAsync(status, ct))
            {
                if (_accepted.Contains(document.Id))
                {
                    mine.Add(document.Id);
                }
            }
        }
        return mine.Count;
    }

    private async Task<int> NoteFailedAsync(CancellationToken ct)
    {
        var failed = 0;
        await foreach (var document in client.ListAllAsync(DocumentStatuses.Failed, ct))
        {
            if (_accepted.Contains(document.Id))
            {
                failed++;
                _failures.Add(new(document.SourceUri, $"{document.FailureReason ?? "no reason was recorded"} (code {document.FailureCode})"));
            }
        }
        await foreach (var document in client.ListAllAsync(DocumentStatuses.Cancelled, ct))
        {
            if (_accepted.Contains(document.Id))
            {
                failed++;
                _failures.Add(new(document.SourceUri, "the upload was cancelled"));
            }
        }
        return failed;
    }

    private async Task<(int Ready, int Chunks)> CountReadyAsync(int expected, CancellationToken ct)
    {
        var (ready, chunks) = (0, 0);
        if (expected == 0)
        {
            return (ready, chunks);
        }
        // The list begins with the last changed, so ours usually stand before its end.
        await foreach (var document in client.ListAllAsync(DocumentStatuses.Ready, ct))
        {
            if (!_accepted.Contains(document.Id))
            {
                continue;
            }
            ready++;
            chunks += document.ChunkCount ?? 0;
            if (ready == expected)
            {
                break;
            }
        }
        return (ready, chunks);
    }
}
