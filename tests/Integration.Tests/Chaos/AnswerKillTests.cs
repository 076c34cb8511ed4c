using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using AiApp.Contracts;
using AiApp.Integration.Tests.Caching;
using AiApp.Integration.Tests.Conversations;
using AiApp.Integration.Tests.Hosting;
using AiApp.Integration.Tests.Retrieval;
using AiApp.Testing;
using Xunit.Abstractions;

namespace AiApp.Integration.Tests.Chaos;

/// <summary>An Api that is killed while answers stream, and another one beside it.</summary>
public sealed class AnswerKillTests(ITestOutputHelper output)
{
    // AIAPP_STREAMS=50 for the whole drill.
    private static readonly int Streams = int.Parse(Environment.GetEnvironmentVariable("AIAPP_STREAMS") ?? "10", CultureInfo.InvariantCulture);
    private const int Sentences = 40;
    private const string Key = "0123456789abcdef0123456789abcdef-kills";

    [Fact]
    public async Task Every_reader_ends_with_the_whole_answer_or_an_error_and_never_with_a_part_as_the_whole()
    {
        await using var model = await ModelServer.StartAsync(new ModelServerOptions
        {
            Mode = AnswerMode.Scripted,
            Script = [.. Enumerable.Repeat(FixedRetriever.LeaveText + " [1] ", Sentences)],
            PieceDelay = TimeSpan.FromMilliseconds(50),
            KeepsCalls = false,
        });
        await using var database = await TestDatabase.CreateAsync();
        var redis = PatientRedis.NewPart();
        var (first, second) = (FreePort.Find(), FreePort.Find());
        await using var killed = Start(first, database, model, redis);
        await using var other = Start(second, database, model, redis);
        await ReadyAsync(Client(first, "reader 0"));
        await ReadyAsync(Client(second, "reader 0"));
        await Client(first, "reader 0").UploadAsync([("leave.md", new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"# Annual leave\n\n{FixedRetriever.LeaveText}\n")))]);
        using (var worker = new TestWorker(database))
        {
            await worker.DrainAsync();
        }
        var whole = (await AskAsync(Client(first, "reader 0"), TimeSpan.Zero)).Answer!;
        Assert.Equal(Sentences, whole.Split("28 days").Length - 1);

        // Begun one after the other, so that the kill finds some at their end and some at their beginning.
        var readers = Enumerable.Range(0, Streams).Select(n => AskAsync(Client(first, $"reader {n}"), TimeSpan.FromSeconds(3.0 * n / Streams))).ToList();
        while (readers.Count(reader => reader.IsCompleted) < Streams / 4)
        {
            await Task.WhenAny(readers.Where(reader => !reader.IsCompleted));
        }
        Assert.True(killed.Kill());
        var killedAt = Stopwatch.GetTimestamp();
        var ends = await Task.WhenAll(readers);
        var told = Stopwatch.GetElapsedTime(killedAt);
        var afterwards = await Task.WhenAll(ends.Select((end, n) => ResumeAsync(Client(second, $"reader {n}"), end)));
        var resumed = Stopwatch.GetElapsedTime(killedAt);

        output.WriteLine($"{Streams} streams: {Count(ends)} when the Api was killed (told after {told.TotalSeconds:0.0} s); {Count(afterwards)} through another Api (after {resumed.TotalSeconds:0.0} s)");
        Assert.All(ends.Concat(afterwards).Where(end => end.Answer is not null), end => Assert.Equal(whole, end.Answer));
        Assert.All(afterwards, end => Assert.True(end.Answer is not null || end.Error is not null));
        Assert.All(ends.Zip(afterwards), pair => Assert.True(pair.First.Answer is null || pair.Second.Answer is not null, "What was whole stays whole."));
        Assert.Contains(ends, end => end.Answer is null);
        for (var n = 0; n < Streams; n++)
        {
            var turn = Assert.Single((await Client(second, $"reader {n}").GetConversationAsync(afterwards[n].Conversation)).Turns);
            Assert.NotEqual(TurnStates.Streaming, turn.State);
            Assert.Equal(afterwards[n].Answer, turn.Answer?.Text);
        }
    }

    /// <summary>How a reading ended: the whole answer, an error, or neither of both, which is a connection that broke.</summary>
    private sealed record End(Guid Conversation, Guid Turn, string? LastId, string? Answer, string? Error);

    private static async Task<End> AskAsync(AiAppClient client, TimeSpan after)
    {
        await Task.Delay(after);
        var end = new End(Guid.Empty, Guid.NewGuid(), null, null, null);
        try
        {
            end = end with { Conversation = (await client.CreateConversationAsync(new())).Id };
            return await ReadAsync(client.AddTurnStreamingAsync(end.Conversation, Request(end)), end);
        }
        catch (HttpRequestException)
        {
            return end;
        }
    }

    /// <summary>What a client does whose connection broke: it goes on, or asks the same again under the same id.</summary>
    private static async Task<End> ResumeAsync(AiAppClient client, End end)
    {
        if (end.Conversation == Guid.Empty)
        {
            end = end with { Conversation = (await client.CreateConversationAsync(new())).Id };
        }
        return await ReadAsync(client.AddTurnStreamingAsync(end.Conversation, Request(end)), end);
    }

    private static TurnRequest Request(End end) => new() { Id = end.Turn, Question = TalkingApi.Question };

    private static async Task<End> ReadAsync(IAsyncEnumerable<NumberedEvent> events, End end)
    {
        try
        {
            await foreach (var one in events)
            {
                end = one.Event switch
                {
                    DoneEvent done => end with { Answer = done.Answer.Text },
                    ErrorEvent error => end with { Error = error.Problem.Code },
                    _ => end with { LastId = one.Id ?? end.LastId },
                };
            }
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            // Told by the want of an end.
        }
        return end;
    }

    private static string Count(IReadOnlyCollection<End> ends) =>
        $"{ends.Count(end => end.Answer is not null)} whole, {ends.Count(end => end.Error is not null)} told an error, {ends.Count(end => end is { Answer: null, Error: null })} cut off";

    private static ServiceProcess Start(int port, TestDatabase database, ModelServer model, string redis) => new("Api", new Dictionary<string, string>
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
        ["ApiKeys__Web"] = Key,
        ["ApiKeys__Pepper"] = Key,
        ["ConnectionStrings__aiapp"] = database.ConnectionString,
        ["ConnectionStrings__redis"] = redis,
        ["Cache__Enabled"] = "false",
        ["Cache__TimeoutMs"] = "1000",
        ["Conversations__HeartbeatMs"] = "500",
        ["Conversations__LeaseSeconds"] = "3",
        ["Models__Provider"] = "openai",
        ["Models__OpenAI__Endpoint"] = model.Endpoint.ToString(),
        ["Models__OpenAI__ApiKey"] = "none",
        ["Models__OpenAI__ChatModel"] = "m",
        ["Logging__LogLevel__Default"] = "None",
    });

    private static AiAppClient Client(int port, string user)
    {
        var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(60) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        http.DefaultRequestHeaders.Add(AiAppClient.UserHeader, user);
        return new(http);
    }

    private static async Task ReadyAsync(AiAppClient client)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                await client.GetDocumentSummaryAsync(late.Token);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100, late.Token);
            }
        }
    }
}
