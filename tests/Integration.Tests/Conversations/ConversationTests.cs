using System.Net;
using System.Net.Http.Json;
using AiApp.Contracts;
using AiApp.Integration.Tests.Retrieval;
using Npgsql;

namespace AiApp.Integration.Tests.Conversations;

public sealed class ConversationTests : IAsyncLifetime
{
    private TalkingApi _talking = null!;
    private AiAppClient _client = null!;

    public async Task InitializeAsync()
    {
        _talking = await TalkingApi.StartAsync();
        _client = await _talking.CreateClientAsync();
    }

    public async Task DisposeAsync() => await _talking.DisposeAsync();

    [Fact]
    public async Task A_question_and_its_answer_are_kept()
    {
        var conversation = await _client.CreateConversationAsync(new() { Collection = "handbook" });

        var turn = await _client.AddTurnAsync(conversation.Id, new() { Question = TalkingApi.Question });

        var kept = await _client.GetConversationAsync(conversation.Id);
        Assert.Equal((TalkingApi.Question, "handbook"), (kept.Title, kept.Collection));
        Assert.Equal(TurnStates.Complete, turn.State);
        Assert.Equal(turn.Answer!.Text, Assert.Single(kept.Turns).Answer!.Text);
        Assert.Equal((TalkingApi.Question, null), (turn.StandaloneQuestion, turn.RewrittenBy));
        Assert.Equal(turn.Answer.Text, (await _client.GetAnswerAsync(turn.Answer.Id)).Text);
        Assert.Equal(conversation.Id, Assert.Single((await _client.ListConversationsAsync()).Items).Id);
    }

    [Fact]
    public async Task A_follow_up_is_answered_as_the_question_that_a_model_makes_of_it()
    {
        var conversation = await BeginAsync();
        _talking.Model.ScriptNext("How many days of annual leave do part-timers have?");

        var turn = await _client.AddTurnAsync(conversation, new() { Question = "And part-timers?" });

        Assert.Equal(("And part-timers?", "How many days of annual leave do part-timers have?", "model"), (turn.Question, turn.StandaloneQuestion, turn.RewrittenBy));
        Assert.Equal(turn.StandaloneQuestion, turn.Answer!.Question);
        Assert.Equal(1L, await _talking.Api.Database.ReadAsync<long>($"SELECT count(*) FROM usage_ledger WHERE request_id = '{turn.Answer.Id}' AND step = 'rewrite'"));
    }

    [Fact]
    public async Task Rules_do_it_when_the_model_talks_nonsense()
    {
        var conversation = await BeginAsync();
        _talking.Model.ScriptNext("I am sorry, Dave. Ask the captain for a passport.");

        var turn = await _client.AddTurnAsync(conversation, new() { Question = "And part-timers?" });

        Assert.Equal(("How many days of annual leave do part-timers have?", "rules"), (turn.StandaloneQuestion, turn.RewrittenBy));
    }

    [Fact]
    public async Task Rules_do_it_when_what_the_model_says_was_cut_off()
    {
        var conversation = await BeginAsync();
        _talking.Model.ScriptNext([.. Enumerable.Repeat("", 199), "How many days of leave do part-timers have", " in their first year?"]);

        var turn = await _client.AddTurnAsync(conversation, new() { Question = "And part-timers?" });

        Assert.Equal("rules", turn.RewrittenBy);
    }

    [Fact]
    public async Task An_edited_question_stands_beside_the_first_wording_and_both_stay()
    {
        var conversation = await BeginAsync();
        var first = (await _client.GetConversationAsync(conversation)).Turns[0];
        var second = await _client.AddTurnAsync(conversation, new() { Question = "Who approves annual leave?" });

        var edited = await _client.AddTurnAsync(conversation, new() { Question = "Who pays annual leave?", EditOf = second.Id });
        var after = await _client.AddTurnAsync(conversation, new() { Question = "What is overtime?", Parent = edited.Id });

        Assert.Equal([null, first.Id, first.Id, edited.Id], (await _client.GetConversationAsync(conversation)).Turns.Select(turn => turn.ParentId));
        Assert.Equal(edited.Id, after.ParentId);
    }

    [Fact]
    public async Task The_same_turn_sent_twice_is_asked_once()
    {
        var conversation = await _client.CreateConversationAsync(new());
        var request = new TurnRequest { Id = Guid.NewGuid(), Question = TalkingApi.Question };

        var turns = await Task.WhenAll(_client.AddTurnAsync(conversation.Id, request), _client.AddTurnAsync(conversation.Id, request));

        Assert.Equal(turns[0].Answer!.Id, turns[1].Answer!.Id);
        Assert.Equal(1, _talking.Model.CallCount);
    }

    [Fact]
    public async Task Nobody_else_finds_it_reads_it_asks_in_it_or_stops_it()
    {
        var tenant = $"tenant {Guid.NewGuid():N}";
        var key = await _talking.Api.CreateKeyAsync(tenant, onBehalfOf: true);
        var (anna, bert) = (As("anna"), As("bert"));
        await FixedRetriever.AddDocumentAsync(anna, _talking.Api.Database);
        var conversation = await anna.CreateConversationAsync(new());
        var turn = await anna.AddTurnAsync(conversation.Id, new() { Question = TalkingApi.Question });

        Assert.Empty((await bert.ListConversationsAsync()).Items);
        foreach (var attempt in new Func<Task>[]
        {
            () => bert.GetConversationAsync(conversation.Id),
            () => bert.AddTurnAsync(conversation.Id, new() { Question = "And part-timers?" }),
            () => bert.ReadTurnAsync(conversation.Id, turn.Id).GetAsyncEnumerator().MoveNextAsync().AsTask(),
            () => bert.StopTurnAsync(conversation.Id, turn.Id),
            () => bert.RenameConversationAsync(conversation.Id, "Mine"),
            () => bert.DeleteConversationAsync(conversation.Id),
        })
        {
            Assert.Equal(ProblemCodes.NotFound, (await Assert.ThrowsAsync<AiAppException>(attempt)).Problem.Code);
        }
        Assert.Single((await anna.ListConversationsAsync()).Items);

        AiAppClient As(string user)
        {
            var http = _talking.Api.CreateHttp(key);
            http.DefaultRequestHeaders.Add(AiAppClient.UserHeader, user);
            return new(http);
        }
    }

    [Fact]
    public async Task The_database_itself_shows_conversations_to_their_owners_alone()
    {
        await BeginAsync();
        await using var connection = await _talking.Api.Database.OpenAsync();
        var tenant = await ReadAsync<int>("SELECT max(tenant_id) FROM turn");
        var owner = await ReadAsync<string>("SELECT owner FROM turn LIMIT 1");

        Assert.Equal(0L, await CountAsync("nobody"));
        Assert.Equal(2L, await CountAsync(owner));

        async Task<long> CountAsync(string user) => await ReadAsync<long>($"""
            BEGIN; SET LOCAL ROLE aiapp_app; SELECT set_config('aiapp.tenant', '{tenant}', true), set_config('aiapp.user', '{user}', true);
            SELECT (SELECT count(*) FROM turn) + (SELECT count(*) FROM conversation); ROLLBACK
            """);

        async Task<T> ReadAsync<T>(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await using var reader = await command.ExecuteReaderAsync();
            T? value = default;
            do
            {
                while (await reader.ReadAsync())
                {
                    value = reader.FieldCount == 1 ? reader.GetFieldValue<T>(0) : value;
                }
            }
            while (await reader.NextResultAsync());
            return value!;
        }
    }

    [Fact]
    public async Task What_rests_on_a_document_that_is_gone_is_not_shown_any_more()
    {
        var conversation = await BeginAsync();

        await _client.DeleteDocumentAsync((await _client.ListDocumentsAsync()).Items.Single().Id);

        var turn = Assert.Single((await _client.GetConversationAsync(conversation)).Turns);
        Assert.Null(turn.Answer);
        Assert.True(turn.Withheld);
    }

    [Fact]
    public async Task Conversations_come_newest_first_a_page_at_a_time_and_are_renamed_and_deleted()
    {
        var ids = new List<Guid>();
        for (var n = 0; n < 3; n++)
        {
            ids.Insert(0, await BeginAsync());
        }

        var page = await _client.ListConversationsAsync(limit: 2);
        var rest = await _client.ListConversationsAsync(page.Next, limit: 2);
        Assert.Equal(ids, page.Items.Concat(rest.Items).Select(conversation => conversation.Id));
        Assert.Null(rest.Next);

        Assert.Equal("Leave", (await _client.RenameConversationAsync(ids[0], "Leave")).Title);
        await _client.DeleteConversationAsync(ids[0]);
        await Assert.ThrowsAsync<AiAppException>(() => _client.GetConversationAsync(ids[0]));
        Assert.Equal(2, (await _client.ListConversationsAsync()).Items.Count);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_said()
    {
        var conversation = await BeginAsync();
        using var http = _talking.Api.CreateHttp();

        Assert.Equal(ProblemCodes.Validation, await CodeAsync(conversation, new() { Question = " " }));
        Assert.Equal(ProblemCodes.Validation, await CodeAsync(conversation, new() { Question = "Why?", Parent = Guid.NewGuid(), EditOf = Guid.NewGuid() }));
        Assert.Equal(ProblemCodes.NotFound, await CodeAsync(conversation, new() { Question = "Why?", Parent = Guid.NewGuid() }));
        Assert.Equal(ProblemCodes.NotFound, await CodeAsync(Guid.NewGuid(), new() { Question = "Why?" }));
        using var response = await http.PostAsJsonAsync("/api/conversations", new { collection = "\n" });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private async Task<string?> CodeAsync(Guid conversation, TurnRequest request) =>
        (await Assert.ThrowsAsync<AiAppException>(() => _client.AddTurnAsync(conversation, request))).Problem.Code;

    private async Task<Guid> BeginAsync()
    {
        var conversation = await _client.CreateConversationAsync(new());
        await _client.AddTurnAsync(conversation.Id, new() { Question = TalkingApi.Question });
        return conversation.Id;
    }
}
