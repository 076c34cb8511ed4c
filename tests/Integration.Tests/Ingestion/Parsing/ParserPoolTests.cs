using System.Diagnostics;
using System.Text;
using AiApp.Rag.Ingestion.Parsing;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Jobs;

namespace AiApp.Integration.Tests.Ingestion.Parsing;

/// <summary>Reading in processes of their own. Bounds are met by programs that pass them at once.</summary>
public sealed class ParserPoolTests
{
    private static readonly ReadOnlyMemory<byte> Text = "# Boiler\n\nThe boiler is descaled each March."u8.ToArray();

    [Fact]
    public async Task A_document_is_read_as_in_this_process()
    {
        using var pool = TestParsers.Pool(TestParsers.Ingestor);
        var here = new DocumentReaders(DocumentReaders.All).Read(Text, "boiler.md", "text/markdown", CancellationToken.None);

        var there = await ReadAsync(pool);

        Assert.Equal((here.Title, here.CanonicalText, here.ReaderVersion), (there.Title, there.CanonicalText, there.ReaderVersion));
        Assert.Equal(here.Blocks, there.Blocks);
    }

    [Fact]
    public async Task A_refusal_comes_with_its_code_and_reason()
    {
        using var pool = TestParsers.Pool(TestParsers.Ingestor);

        var refusal = await Assert.ThrowsAsync<UnreadableDocumentException>(
            () => pool.ParseAsync(" "u8.ToArray(), "empty.md", "text/markdown", CancellationToken.None));

        Assert.Equal((FailureCodes.NoText, "The document contains no text."), (refusal.Code, refusal.Message));
    }

    [Fact]
    public async Task One_process_reads_one_document_after_the_other()
    {
        using var pool = TestParsers.Pool(TestParsers.Ingestor, new() { Processes = 1 });
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("Boiler", (await ReadAsync(pool)).Title);
        }
    }

    [Fact]
    public async Task A_process_is_replaced_after_its_share_of_documents()
    {
        using var pool = TestParsers.Pool(TestParsers.Ingestor, new() { Processes = 1, DocumentsPerProcess = 1 });
        Assert.Equal("Boiler", (await ReadAsync(pool)).Title);
        Assert.Equal("Boiler", (await ReadAsync(pool)).Title);
    }

    [Theory]
    [InlineData("exec sleep 60", "could not be read within 1 seconds")]
    [InlineData("while :; do :; done", "more than 1 seconds of the processor")]
    public async Task A_document_that_takes_too_long_is_poison(string script, string reason)
    {
        using var pool = TestParsers.PoolOf(script, new() { WallSeconds = script.StartsWith("exec", StringComparison.Ordinal) ? 1 : 30, CpuSeconds = 1 });
        await AssertPoisonAsync(pool, reason);
    }

    [Fact]
    public Task The_time_of_a_program_that_the_parser_starts_counts() =>
        AssertPoisonAsync(TestParsers.PoolOf("sh -c 'while :; do :; done'; true", new() { CpuSeconds = 1 }), "more than 1 seconds of the processor");

    [Fact]
    public async Task Nobody_waits_behind_a_document_that_is_slow()
    {
        // The first process reads for ever, the second one ends at once.
        var mark = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}");
        using var pool = TestParsers.PoolOf($"if mkdir {mark}; then sleep 60; fi", new() { Processes = 1, SlowProcesses = 1, WallSeconds = 30 });
        using var enough = new CancellationTokenSource();
        var slow = pool.ParseAsync(Text, "slow.md", "text/markdown", enough.Token);

        await Assert.ThrowsAsync<ParserCrashedException>(() => pool.ParseAsync(Text, "quick.md", "text/markdown", CancellationToken.None));

        Assert.False(slow.IsCompleted);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
        Directory.Delete(mark);
    }

    [Fact]
    public Task A_document_that_takes_too_much_memory_is_poison() =>
        AssertPoisonAsync(TestParsers.PoolOf("exec tail /dev/zero", new() { MemoryMb = 128 }), "more than 128 MB of memory");

    [Fact]
    public Task The_memory_of_a_program_that_the_parser_starts_counts() =>
        AssertPoisonAsync(TestParsers.PoolOf("tail /dev/zero; true", new() { MemoryMb = 128 }), "more than 128 MB of memory");

    [Theory]
    [InlineData("kill -ABRT $$")]
    [InlineData("kill -SEGV $$")]
    public Task A_document_that_ends_its_reader_by_its_stack_is_poison(string script) =>
        AssertPoisonAsync(TestParsers.PoolOf(script), "damaged or nested too deeply");

    [Theory]
    [InlineData("kill -KILL $$")]
    [InlineData("exit 3")]
    [InlineData("cat /dev/urandom | head -c 100000")]
    public async Task Another_end_of_the_process_is_a_crash(string script)
    {
        using var pool = TestParsers.PoolOf(script);
        await Assert.ThrowsAsync<ParserCrashedException>(() => ReadAsync(pool));
    }

    [Fact]
    public void A_process_that_ends_while_it_is_looked_at_uses_nothing()
    {
        for (var n = 0; n < 100; n++)
        {
            using var process = Process.Start("true");
            while (!process.HasExited)
            {
                ProcessUse.MemoryMb(process);
                ProcessUse.Cpu(process);
            }
            Assert.Equal((0, TimeSpan.Zero), (ProcessUse.MemoryMb(process), ProcessUse.Cpu(process)));
        }
    }

    [Fact]
    public async Task After_a_crash_the_next_document_is_read()
    {
        using var pool = TestParsers.Pool(TestParsers.Ingestor, new() { Processes = 1 });
        await ReadAsync(pool);
        foreach (var parser in Parsers())
        {
            parser.Kill();
            await parser.WaitForExitAsync();
        }

        Assert.Equal("Boiler", (await ReadAsync(pool)).Title);
    }

    [Fact]
    public async Task A_parser_ends_with_its_parent()
    {
        using var parser = Process.Start(TestParsers.Ingestor.ToStartInfo(new()))!;
        parser.StandardInput.Close();

        await parser.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(0, parser.ExitCode);
    }

    [Fact]
    public async Task A_cancelled_reading_leaves_no_process_behind()
    {
        using var pool = TestParsers.PoolOf("exec sleep 54321");
        using var cancel = new CancellationTokenSource();
        var reading = pool.ParseAsync(Text, "boiler.md", "text/markdown", cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        Assert.DoesNotContain(Process.GetProcessesByName("sleep"), process => CommandLine(process).Contains("54321", StringComparison.Ordinal));
    }

    [Fact]
    public void Secrets_of_the_parent_stay_with_the_parent()
    {
        Environment.SetEnvironmentVariable("ConnectionStrings__secret", "Password=x");
        Assert.DoesNotContain("ConnectionStrings__secret", TestParsers.Ingestor.ToStartInfo(new()).Environment.Keys);
    }

    private static Task<ReadDocument> ReadAsync(ParserPool pool) => pool.ParseAsync(Text, "boiler.md", "text/markdown", CancellationToken.None);

    private static async Task AssertPoisonAsync(ParserPool pool, string reason)
    {
        using (pool)
        {
            var refusal = await Assert.ThrowsAsync<UnreadableDocumentException>(() => ReadAsync(pool));
            Assert.Equal(FailureCodes.PoisonDocument, refusal.Code);
            Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Those that this process has started.</summary>
    private static List<Process> Parsers() =>
        [.. Process.GetProcessesByName("dotnet").Where(process => CommandLine(process).EndsWith($"AiApp.Ingestor.dll\0{ParserProcess.Argument}\0", StringComparison.Ordinal))];

    private static string CommandLine(Process process) =>
        File.Exists($"/proc/{process.Id}/cmdline") ? Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{process.Id}/cmdline")) : "";
}
