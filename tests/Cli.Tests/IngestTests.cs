using AiApp.Contracts;

namespace AiApp.Cli.Tests;

public sealed class IngestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Readable_files_are_sent_sorted_with_their_paths_and_dot_folders_stay_home()
    {
        await using var api = await FakeApi.StartAsync();
        foreach (var path in new[] { "b.txt", "a/x.md", "a/y.HTML", "c.htm", ".git/z.md", "picture.png", "d.pdf", ".hidden.md" })
        {
            _folder.Write(path);
        }

        var run = await CliRun.OfAsync(api, ["ingest", _folder.Path]);

        Assert.Equal(["a/x.md", "a/y.HTML", "b.txt", "c.htm", "d.pdf"], api.Batches.Single());
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("5 files: 5 ready, 0 unchanged, 0 failed\n15 chunks in ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_file_that_fails_is_named_with_its_reason_and_the_command_fails()
    {
        await using var api = await FakeApi.StartAsync();
        _folder.Write("bad.md");
        _folder.Write("empty.md");
        _folder.Write("good.md");
        _folder.Write("same.md");
        api.Fate = path => path switch
        {
            "bad.md" => DocumentStatuses.Failed,
            "empty.md" => "rejected",
            "same.md" => "unchanged",
            _ => DocumentStatuses.Ready,
        };

        var run = await CliRun.OfAsync(api, ["ingest", _folder.Path]);

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("failed: bad.md: The file is not text. (code poison_document)", run.Error, StringComparison.Ordinal);
        Assert.Contains("failed: empty.md: The file is empty. code validation", run.Error, StringComparison.Ordinal);
        Assert.Contains("4 files: 1 ready, 1 unchanged, 2 failed", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documents_of_others_are_not_waited_for()
    {
        await using var api = await FakeApi.StartAsync();
        var foreign = Sample.Row("theirs.md", DocumentStatuses.Working);
        api.Documents[foreign.Id] = foreign;
        api.Summaries = [Sample.Summary(ready: 1, working: 1)];
        _folder.Write("mine.md");

        Assert.Equal(ExitCodes.Done, (await CliRun.OfAsync(api, ["ingest", _folder.Path])).ExitCode);
    }

    [Fact]
    public void Batches_hold_at_most_50_files_and_8_megabytes()
    {
        var many = Enumerable.Range(0, 120).Select(i => new SourceFile($"{i}", $"{i}", 10)).ToList();
        var large = new[] { 5, 4, 20, 1 }.Select(m => new SourceFile("", $"{m}", m * 1024 * 1024L)).ToList();

        Assert.Equal([50, 50, 20], SourceFolder.Batch(many).Select(b => b.Count));
        Assert.Equal(["5", "4", "20", "1"], SourceFolder.Batch(large).Select(b => string.Join('+', b.Select(f => f.SourceUri))));
    }

    [Fact]
    public async Task A_folder_without_readable_files_is_a_usage_error() =>
        Assert.Equal(ExitCodes.Usage, (await CliRun.OfAsync(null, ["ingest", _folder.Path])).ExitCode);

    public void Dispose() => _folder.Dispose();
}
