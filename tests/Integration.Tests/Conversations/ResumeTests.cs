using System.Diagnostics;
using AiApp.Contracts;
using AiApp.Integration.Tests.Caching;
using AiApp.Integration.Tests.Hosting;
using AiApp.Testing;

namespace AiApp.Integration.Tests.Conversations;

/// <summary>Readers who come and go while an answer is written, and processes that end.</summary>
public sealed class ResumeTests
{
    private const int Shown = 4;

    [Fact]
    public async Task An_answer_goes_on_without_its_reader_who_comes_back_to_the_rest_of_it()
    {
        await using var talking = await TalkingApi.StartAsync();
        var client = await talking.CreateClientAsync();
        var (conversation, turn, seen, gate) = await LeaveInTheMiddleAsync(talking, client);

        var rest = client.ReadTurnAsync(conversation, turn, seen[1].Id).GetAsyncEnumerator();
        Assert.True(await rest.MoveNextAsync());
        gate.Open();
        var events = await ReadOnAsync(rest);

        Assert.Equal(Enumerable.Range(1, 2 + events.Count), seen.Take(2).Concat(events).Select(one => int.Parse(one.Id!)));
        await AssertWholeAsync(client, conversation, turn, [.. seen.Take(2), .. events]);
    }

    [Fact]
    public async Task A_second_tab_sees_all_of_it_from_the_beginning()
    {
        await using var talking = await TalkingApi.StartAsync();
        var client = await talking.CreateClientAsync();
        var (conversation, turn, _, gate) = await LeaveInTheMiddleAsync(talking, client);

        var tabs = Enumerable.Range(0, 3).Select(_ => client.ReadTurnAsync(conversation, turn).GetAsyncEnumerator()).ToList();
        foreach (var tab in tabs)
        {
            Assert.True(await tab.MoveNextAsync());
        }
        gate.Open();

        foreach (var tab in tabs)
        {
            await AssertWholeAsync(client, conversation, turn, await ReadOnAsync(tab));
        }
        Assert.Equal(1, talking.Model.CallCount);
    }

    [Fact]
    public async Task Another_process_reads_it_through_Redis()
    {
        var redis = PatientRedis.NewPart();
        await using var talking = await TalkingApi.StartAsync(redis);
        var client = await talking.CreateClientAsync();
        await using var second = await talking.StartSecondAsync(redis);
        var elsewhere = await SameCallerAsync(talking, second);
        var (conversation, turn, seen, gate) = await LeaveInTheMiddleAsync(talking, client);

        var reader = elsewhere.ReadTurnAsync(conversation, turn, seen[1].Id).GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal(seen[2].Id, reader.Current.Id);
        gate.Open();

        await AssertWholeAsync(elsewhere, conversation, turn, [.. seen.Take(2), .. await ReadOnAsync(reader)]);
        Assert.Equal(1, talking.Model.CallCount);
    }

    [Fact]
    public async Task Without_Redis_another_process_gives_the_whole_answer_when_it_is_there()
    {
        await using var talking = await TalkingApi.StartAsync();
        var client = await talking.CreateClientAsync();
        await using var second = await talking.StartSecondAsync("");
        var elsewhere = await SameCallerAsync(talking, second);
        var (conversation, turn, _, gate) = await LeaveInTheMiddleAsync(talking, client);

        var reading = ReadAsync(elsewhere.ReadTurnAsync(conversation, turn).GetAsyncEnumerator());
        gate.Open();

        Assert.Contains(await reading, one => one.Event is DoneEvent);
    }

    [Fact]
    public async Task An_outage_of_Redis_is_not_felt_by_the_answer()
    {
        var server = StackExchange.Redis.ConfigurationOptions.Parse(TestServers.Redis).EndPoints[0];
        var (host, port) = server is System.Net.DnsEndPoint dns ? (dns.Host, dns.Port) : (((System.Net.IPEndPoint)server).Address.ToString(), ((System.Net.IPEndPoint)server).Port);
        await using var proxy = new TcpProxy(host, port);
        await using var talking = await TalkingApi.StartAsync($"127.0.0.1:{proxy.Port},connectTimeout=500,syncTimeout=500");
        var client = await talking.CreateClientAsync();
        var (conversation, turn, seen, gate) = await LeaveInTheMiddleAsync(talking, client);

        await proxy.CutAsync();
        var reader = client.ReadTurnAsync(conversation, turn, seen[1].Id).GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());
        gate.Open();

        await AssertWholeAsync(client, conversation, turn, [.. seen.Take(2), .. await ReadOnAsync(reader)]);
    }

    [Fact]
    public async Task Stopped_it_keeps_what_was_written_and_nobody_is_told_that_this_is_all()
    {
        await using var talking = await TalkingApi.StartAsync();
        var client = await talking.CreateClientAsync();
        var (conversation, turn, seen, _) = await LeaveInTheMiddleAsync(talking, client);
        var reader = client.ReadTurnAsync(conversation, turn).GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());

        var stopped = await StopAsync(client, conversation, turn);

        Assert.Equal((TurnStates.Stopped, null), (stopped.State, stopped.Answer));
        Assert.Equal(TextOf(seen).Trim(), stopped.Partial!.Text);
        Assert.NotEmpty(stopped.Partial.Citations);
        Assert.Equal(ProblemCodes.Stopped, Assert.IsType<ErrorEvent>((await ReadOnAsync(reader))[^1].Event).Problem.Code);
        Assert.Equal(ProblemCodes.Stopped, Assert.IsType<ErrorEvent>((await ReadAsync(client.ReadTurnAsync(conversation, turn).GetAsyncEnumerator()))[^1].Event).Problem.Code);
        Assert.Equal(CallOutcome.Cancelled, (await talking.Model.WaitForCallAsync(call => call.Outcome != CallOutcome.Running)).Outcome);
    }

    [Fact]
    public async Task It_is_stopped_from_another_process_too()
    {
        await using var talking = await TalkingApi.StartAsync(settings: "--Conversations:HeartbeatMs=200");
        var client = await talking.CreateClientAsync();
        await using var second = await talking.StartSecondAsync("");
        var (conversation, turn, seen, _) = await LeaveInTheMiddleAsync(talking, client);

        var stopped = await StopAsync(await SameCallerAsync(talking, second), conversation, turn);

        Assert.Equal((TurnStates.Stopped, TextOf(seen).Trim()), (stopped.State, stopped.Partial?.Text));
    }

    /// <summary>Until it is: a busy process may take longer to hear of it than the Api waits.</summary>
    private static async Task<TurnDto> StopAsync(AiAppClient client, Guid conversation, Guid turn)
    {
        var began = Stopwatch.GetTimestamp();
        TurnDto told;
        do
        {
            told = await client.StopTurnAsync(conversation, turn);
        }
        while (told.State == TurnStates.Streaming && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30));
        return told;
    }

    [Fact]
    public async Task With_its_conversation_deleted_it_ends()
    {
        await using var talking = await TalkingApi.StartAsync(settings: "--Conversations:HeartbeatMs=200");
        var client = await talking.CreateClientAsync();
        var (conversation, turn, _, _) = await LeaveInTheMiddleAsync(talking, client);
        var reader = client.ReadTurnAsync(conversation, turn).GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());

        await client.DeleteConversationAsync(conversation);

        Assert.IsType<ErrorEvent>((await ReadOnAsync(reader))[^1].Event);
    }

    [Fact]
    public async Task When_its_process_is_gone_it_was_interrupted()
    {
        await using var talking = await TalkingApi.StartAsync(settings: ["--Conversations:HeartbeatMs=60000", "--Conversations:LeaseSeconds=600"]);
        var client = await talking.CreateClientAsync();
        await using var second = await talking.StartSecondAsync("");
        var elsewhere = await SameCallerAsync(talking, second);
        var (conversation, turn, _, _) = await LeaveInTheMiddleAsync(talking, client);
        Assert.Equal(TurnStates.Streaming, (await elsewhere.GetConversationAsync(conversation)).Turns[0].State);

        await talking.Api.Database.ReadAsync<int>("WITH gone AS (UPDATE turn SET lease_until = now() - interval '1 second') SELECT 1");

        var found = (await elsewhere.GetConversationAsync(conversation)).Turns[0];
        Assert.Equal((TurnStates.Failed, ProblemCodes.StreamInterrupted, null), (found.State, found.ErrorCode, found.Answer));
        Assert.Equal(ProblemCodes.StreamInterrupted, Assert.IsType<ErrorEvent>((await ReadAsync(elsewhere.ReadTurnAsync(conversation, turn).GetAsyncEnumerator())).Single().Event).Problem.Code);
    }

    [Fact]
    public async Task A_whole_answer_counts_though_its_process_died_before_it_said_so()
    {
        await using var talking = await TalkingApi.StartAsync();
        var client = await talking.CreateClientAsync();
        var conversation = await client.CreateConversationAsync(new());
        var turn = await client.AddTurnAsync(conversation.Id, new() { Question = TalkingApi.Question });

        await talking.Api.Database.ReadAsync<int>(
            "WITH undone AS (UPDATE turn SET state = 'streaming', ended_at = NULL, lease_until = now() - interval '1 second') SELECT 1");

        Assert.Equal((TurnStates.Complete, turn.Answer!.Text), Told((await client.GetConversationAsync(conversation.Id)).Turns[0]));

        static (string, string?) Told(TurnDto turn) => (turn.State, turn.Answer?.Text);
    }

    [Fact]
    public async Task A_process_that_is_to_end_finishes_what_it_can_and_begins_nothing_more()
    {
        await using var talking = await TalkingApi.StartAsync();
        var client = await talking.CreateClientAsync();
        var (conversation, turn, seen, gate) = await LeaveInTheMiddleAsync(talking, client);
        var reader = client.ReadTurnAsync(conversation, turn, seen[1].Id).GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());

        var stopping = talking.Api.StopAsync();
        string? refused;
        // The end begins a moment after it was asked for.
        while ((refused = await RefusalAsync(client)) is null)
        {
        }
        gate.Open();

        Assert.Equal(ProblemCodes.Overloaded, refused);
        Assert.IsType<DoneEvent>((await ReadOnAsync(reader))[^1].Event);
        await stopping;
    }

    [Fact]
    public async Task What_it_cannot_finish_in_time_is_told_to_be_interrupted()
    {
        await using var talking = await TalkingApi.StartAsync(settings: "--Conversations:DrainSeconds=0");
        var client = await talking.CreateClientAsync();
        await using var second = await talking.StartSecondAsync("");
        var (conversation, turn, seen, _) = await LeaveInTheMiddleAsync(talking, client);
        var reader = client.ReadTurnAsync(conversation, turn, seen[1].Id).GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());

        await talking.Api.StopAsync();

        Assert.Equal(ProblemCodes.StreamInterrupted, Assert.IsType<ErrorEvent>((await ReadOnAsync(reader))[^1].Event).Problem.Code);
        var kept = (await (await SameCallerAsync(talking, second)).GetConversationAsync(conversation)).Turns[0];
        Assert.Equal((TurnStates.Failed, ProblemCodes.StreamInterrupted, TextOf(seen).Trim()), (kept.State, kept.ErrorCode, kept.Partial?.Text));
    }

    private static async Task<string?> RefusalAsync(AiAppClient client)
    {
        try
        {
            await client.AddTurnAsync((await client.CreateConversationAsync(new())).Id, new() { Question = TalkingApi.Question });
            return null;
        }
        catch (AiAppException refused)
        {
            return refused.Problem.Code;
        }
    }

    /// <summary>A reader that goes away when some of the answer is there; the model writes the rest when the gate opens.</summary>
    private static async Task<(Guid Conversation, Guid Turn, List<NumberedEvent> Seen, Gate Gate)> LeaveInTheMiddleAsync(TalkingApi talking, AiAppClient client)
    {
        var gate = new Gate();
        talking.Model.ChatFaults.Next(new Fault.Stall(Shown, gate));
        var conversation = await client.CreateConversationAsync(new());
        var turn = Guid.NewGuid();
        var seen = new List<NumberedEvent>();
        using var leaving = new CancellationTokenSource();
        await foreach (var one in client.AddTurnStreamingAsync(conversation.Id, new() { Id = turn, Question = TalkingApi.Question }, leaving.Token))
        {
            seen.Add(one);
            // A sentence is shown when the next one begins.
            if (seen.Count(each => each.Event is DeltaEvent) == Shown - 1)
            {
                break;
            }
        }
        await leaving.CancelAsync();
        return (conversation.Id, turn, seen, gate);
    }

    private static async Task<AiAppClient> SameCallerAsync(TalkingApi talking, TestApi other)
    {
        var tenant = await talking.Api.Database.ReadAsync<string>("SELECT name FROM tenant ORDER BY tenant_id DESC LIMIT 1");
        return new(other.CreateHttp(await other.CreateKeyAsync(tenant)));
    }

    private static async Task<List<NumberedEvent>> ReadAsync(IAsyncEnumerator<NumberedEvent> reader)
    {
        var events = new List<NumberedEvent>();
        while (await reader.MoveNextAsync())
        {
            events.Add(reader.Current);
        }
        await reader.DisposeAsync();
        return events;
    }

    /// <summary>The event that it stands at, and all after it.</summary>
    private static async Task<List<NumberedEvent>> ReadOnAsync(IAsyncEnumerator<NumberedEvent> reader) => [reader.Current, .. await ReadAsync(reader)];

    private static string TextOf(IEnumerable<NumberedEvent> events) => string.Concat(events.Select(one => (one.Event as DeltaEvent)?.Text));

    private static async Task AssertWholeAsync(AiAppClient client, Guid conversation, Guid turn, IReadOnlyList<NumberedEvent> events)
    {
        var recorded = (await client.GetConversationAsync(conversation)).Turns.Single(one => one.Id == turn);
        Assert.Equal(TurnStates.Complete, recorded.State);
        Assert.Equal(recorded.Answer!.Text, Assert.IsType<DoneEvent>(events[^1].Event).Answer.Text);
        Assert.Equal(recorded.Answer.Text, TextOf(events).Trim());
    }
}
