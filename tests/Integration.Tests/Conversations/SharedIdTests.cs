using AiApp.Contracts;
using AiApp.Integration.Tests.Caching;
using AiApp.Integration.Tests.Hosting;
using AiApp.Integration.Tests.Retrieval;
using AiApp.Testing;

namespace AiApp.Integration.Tests.Conversations;

/// <summary>The caller chooses the id of a turn, and two may choose the same.</summary>
public sealed class SharedIdTests
{
    private readonly Guid _turn = Guid.NewGuid();

    [Fact]
    public async Task Whoever_gives_a_turn_the_id_of_anothers_reads_only_their_own_events()
    {
        var redis = PatientRedis.NewPart();
        await using var talking = await TalkingApi.StartAsync(redis);
        await using var second = await talking.StartSecondAsync(redis);
        var (anna, bert, bertElsewhere) = await TwoPeopleAsync(talking, second);
        await BeginAsync(talking, anna);
        var (conversation, gate) = await BeginAsync(talking, bertElsewhere);

        await using var reader = bert.ReadTurnAsync(conversation, _turn).GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());

        Assert.Equal(conversation, Assert.IsType<TurnBegunEvent>(reader.Current.Event).ConversationId);
        gate.Open();
    }

    [Fact]
    public async Task Whoever_gives_a_turn_the_id_of_anothers_stops_only_their_own()
    {
        await using var talking = await TalkingApi.StartAsync();
        await using var second = await talking.StartSecondAsync("");
        var (anna, bert, bertElsewhere) = await TwoPeopleAsync(talking, second);
        var (annas, gate) = await BeginAsync(talking, anna);
        var (berts, _) = await BeginAsync(talking, bertElsewhere);

        var stopped = await bert.StopTurnAsync(berts, _turn);
        gate.Open();

        Assert.Equal(TurnStates.Stopped, stopped.State);
        Assert.Equal(TurnStates.Complete, (await anna.AddTurnAsync(annas, new() { Id = _turn, Question = TalkingApi.Question })).State);
    }

    /// <summary>Up to the first words; the model writes the rest when the gate opens.</summary>
    private async Task<(Guid Conversation, Gate Gate)> BeginAsync(TalkingApi talking, AiAppClient client)
    {
        var gate = new Gate();
        talking.Model.ChatFaults.Next(new Fault.Stall(4, gate));
        var conversation = await client.CreateConversationAsync(new());
        await using var events = client.AddTurnStreamingAsync(conversation.Id, new() { Id = _turn, Question = TalkingApi.Question }).GetAsyncEnumerator();
        while (await events.MoveNextAsync() && events.Current.Event is not DeltaEvent)
        {
        }
        return (conversation.Id, gate);
    }

    /// <summary>Two of one tenant, the second of them at both processes.</summary>
    private static async Task<(AiAppClient Anna, AiAppClient Bert, AiAppClient BertElsewhere)> TwoPeopleAsync(TalkingApi talking, TestApi second)
    {
        var key = await talking.Api.CreateKeyAsync($"tenant {Guid.NewGuid():N}", onBehalfOf: true);
        var anna = As(talking.Api, "anna");
        await FixedRetriever.AddDocumentAsync(anna, talking.Api.Database);
        return (anna, As(talking.Api, "bert"), As(second, "bert"));

        AiAppClient As(TestApi api, string user)
        {
            var http = api.CreateHttp(key);
            http.DefaultRequestHeaders.Add(AiAppClient.UserHeader, user);
            return new(http);
        }
    }
}
