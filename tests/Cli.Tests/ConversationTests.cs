namespace AiApp.Cli.Tests;

public sealed class ConversationTests
{
    [Fact]
    public async Task A_new_conversation_tells_its_id_beside_the_answer_and_takes_a_collection_along()
    {
        await using var api = await FakeApi.StartAsync();

        var run = await CliRun.OfAsync(api, ["ask", "And in Norway?", "--conversation", "new", "--collection", "handbook"]);

        var begun = Assert.Single(api.Conversations.All.Values);
        Assert.Equal("handbook", begun.Collection);
        Assert.StartsWith($"conversation {begun.Id}\n", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain($"{begun.Id}", run.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, run.ExitCode);
    }

    [Fact]
    public async Task An_answer_whose_connection_breaks_is_read_on_and_printed_once()
    {
        await using var api = await FakeApi.StartAsync();
        api.CutsTheStream = true;

        var run = await CliRun.OfAsync(api, ["ask", "And in Norway?", "--conversation", $"{Guid.NewGuid()}"]);

        Assert.StartsWith("The daily meal allowance inside Sweden is 300 kronor [1].\n\nSources", run.Out, StringComparison.Ordinal);
        Assert.Single(api.Turns);
    }

    [Fact]
    public async Task Whoever_interrupts_the_command_stops_the_answer()
    {
        await using var api = await FakeApi.StartAsync();
        api.Hangs = true;
        using var interrupt = new CancellationTokenSource();

        var running = CliRun.OfAsync(api, ["ask", "And in Norway?", "--conversation", $"{Guid.NewGuid()}"], interrupt.Token);
        await api.Reached.Task;
        await interrupt.CancelAsync();
        var run = await running;

        Assert.Equal((ExitCodes.Interrupted, Assert.Single(api.Turns).Id), (run.ExitCode, Assert.Single(api.StoppedTurns)));
    }

    [Fact]
    public async Task Conversations_of_all_pages_are_listed_and_obeyed_by_no_terminal()
    {
        await using var api = await FakeApi.StartAsync();
        var (first, second) = (api.Conversations.Add("A \u001b[2Jtrip"), api.Conversations.Add("B"));

        var run = await CliRun.OfAsync(api, ["conversations"]);

        Assert.Equal($"2026-03-02 09:20  {first.Id}  A [2Jtrip\n2026-03-02 09:20  {second.Id}  B\n", run.Out);
    }

    [Fact]
    public async Task A_conversation_is_renamed_and_deleted()
    {
        await using var api = await FakeApi.StartAsync();
        var id = api.Conversations.Add("Old").Id;

        var renamed = await CliRun.OfAsync(api, ["conversations", "rename", $"{id}", "Leave"]);
        Assert.Equal(("renamed to Leave\n", "Leave"), (renamed.Out, api.Conversations.All[id].Title));
        var deleted = await CliRun.OfAsync(api, ["conversations", "delete", $"{id}"]);

        Assert.Equal($"deleted {id}\n", deleted.Out);
        Assert.Empty(api.Conversations.All);
    }

    [Theory]
    [InlineData("old")]
    [InlineData("7")]
    public async Task A_conversation_that_is_neither_new_nor_an_id_is_refused_before_anything_is_asked(string conversation)
    {
        var run = await CliRun.OfAsync(null, ["ask", "Why?", "--conversation", conversation]);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains("--conversation is the id of a conversation, or new.", run.Error, StringComparison.Ordinal);
    }
}
