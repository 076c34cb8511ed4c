using AiApp.Contracts;

namespace AiApp.Cli.Tests;

public sealed class QueueTests
{
    [Fact]
    public async Task The_queue_is_told_in_four_lines()
    {
        await using var api = await FakeApi.StartAsync();

        var run = await CliRun.OfAsync(api, ["queue"]);

        Assert.Equal(
            """
            403 waiting (1 interactive, 2 normal, 400 bulk), 2 running, 1 retrying, 3 failed
            documents/s 1.50 1.25 0.50, chunks/s 20 18 7 (1, 5, 15 min)
            done in about 5 min (80 %: 80 s to 2.0 h)

            """.ReplaceLineEndings("\n"), run.Out);
        Assert.Equal(ExitCodes.Done, run.ExitCode);
    }

    [Fact]
    public async Task A_pause_says_who_and_why()
    {
        await using var api = await FakeApi.StartAsync();

        var paused = await CliRun.OfAsync(api, ["queue", "pause", "--reason", "moving"]);
        await CliRun.OfAsync(api, ["queue", "resume"]);

        Assert.StartsWith("paused since 1970-01-01 00:00 UTC by anna: moving\n403 waiting", paused.Out, StringComparison.Ordinal);
        Assert.Equal(["pause moving", "resume"], api.QueueCalls);
    }

    [Fact]
    public async Task A_collection_of_the_queue_is_cancelled()
    {
        await using var api = await FakeApi.StartAsync();

        var run = await CliRun.OfAsync(api, ["queue", "cancel", "--collection", "notes"]);

        Assert.Equal("7 cancelled\n", run.Out);
        Assert.Equal(["cancel notes"], api.QueueCalls);
    }

    [Fact]
    public async Task A_watcher_connects_again_and_goes_on()
    {
        await using var api = await FakeApi.StartAsync();
        api.QueueStates = [Sample.Queue(), Sample.Queue() with { Running = 17 }, Sample.Queue()];
        using var enough = new CancellationTokenSource();

        var run = CliRun.OfAsync(api, ["queue", "--watch"], enough.Token);
        // The third connection comes when all of the second is printed.
        while (!api.QueueCalls.Contains("watch 2") && !run.IsCompleted)
        {
            await Task.Yield();
        }
        await enough.CancelAsync();

        Assert.Equal(ExitCodes.Interrupted, (await run).ExitCode);
        Assert.Contains("2 running", (await run).Out, StringComparison.Ordinal);
        Assert.Contains("17 running", (await run).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deletion_prints_its_receipt()
    {
        await using var api = await FakeApi.StartAsync();

        var run = await CliRun.OfAsync(api, ["docs", "delete", Guid.NewGuid().ToString()]);

        Assert.Equal(
            """
            deleted handbook/pay.md
              2 versions, 9 chunks, 9 lexical entries
              9 vectors of local (384 dimensions)
              3 files, 1 of them kept for other documents; 12,345 bytes removed
              its upload was still in the queue and is cancelled

            """.ReplaceLineEndings("\n"), run.Out);
    }

    [Fact]
    public async Task An_upload_is_called_back()
    {
        await using var api = await FakeApi.StartAsync();
        var document = Sample.Row("pay.md", DocumentStatuses.Working);
        api.Documents[document.Id] = document;

        var run = await CliRun.OfAsync(api, ["docs", "cancel", document.Id.ToString()]);

        Assert.Equal("cancelled handbook/pay.md\n", run.Out);
    }

    [Fact]
    public async Task A_check_sends_nothing_and_names_what_is_not_unchanged()
    {
        using var folder = new TemporaryFolder();
        folder.Write("copy.md");
        folder.Write("locked.zip");
        folder.Write("new.md");
        folder.Write("same.md");
        await using var api = await FakeApi.StartAsync();
        api.Judge = file => file.Path switch
        {
            "copy.md" => new()
            {
                SourceUri = file.Path,
                Outcome = CheckOutcomes.Duplicate,
                DuplicateOf = new() { DocumentId = Guid.NewGuid(), Collection = "handbook", SourceUri = "old.md" },
            },
            "locked.zip" => new()
            {
                SourceUri = file.Path,
                Outcome = CheckOutcomes.Rejected,
                Problem = new() { Detail = "It is protected.", Code = ProblemCodes.EncryptedDocument },
            },
            "same.md" => new() { SourceUri = file.Path, Outcome = CheckOutcomes.Unchanged },
            _ => new() { SourceUri = file.Path, Outcome = file is { SizeBytes: 10, FirstBytes.Length: 10, LastBytes.Length: 10, Sha256.Length: 64 } ? CheckOutcomes.New : "?" },
        };

        var run = await CliRun.OfAsync(api, ["ingest", "--check", folder.Path]);

        Assert.Equal(
            """
            duplicate copy.md (as handbook/old.md)
            rejected  locked.zip: It is protected. (code encrypted_document)
            new       new.md
            4 files: 1 duplicate, 1 new, 1 rejected, 1 unchanged

            """.ReplaceLineEndings("\n"), run.Out);
        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Empty(api.Batches);
    }
}
