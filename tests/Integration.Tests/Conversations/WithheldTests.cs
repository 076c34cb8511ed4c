using AiApp.Contracts;
using AiApp.Testing;

namespace AiApp.Integration.Tests.Conversations;

/// <summary>What is left of an answer elsewhere in its conversation when the answer may no longer be read.</summary>
public sealed class WithheldTests : IAsyncLifetime
{
    private const string Asked = "Are they paid?";
    private const string Understood = "Are the 28 days of annual leave paid?";
    private const string Remembered = "Annual leave has 28 days.";
    private const string Last = "00000000-0000-0000-0000-000000000060";

    private TalkingApi _talking = null!;
    private AiAppClient _client = null!;

    public async Task InitializeAsync()
    {
        _talking = await TalkingApi.StartAsync();
        _client = await _talking.CreateClientAsync();
    }

    public async Task DisposeAsync() => await _talking.DisposeAsync();

    [Fact]
    public async Task A_question_that_was_understood_by_it_is_shown_as_it_was_asked()
    {
        var conversation = await FollowUpAsync();

        await RevokeAsync();

        var turn = (await _client.GetConversationAsync(conversation)).Turns[1];
        Assert.Equal((Asked, null), (turn.StandaloneQuestion, turn.RewrittenBy));
    }

    [Fact]
    public async Task An_answer_that_may_still_be_read_is_said_to_be_one_to_the_question_as_it_was_asked()
    {
        var conversation = await FollowUpAsync();
        await _talking.Api.Database.ReadAsync<long>($"WITH free AS (UPDATE answer SET evidence = '[]' WHERE question = '{Understood}' RETURNING 1) SELECT count(*) FROM free");

        await RevokeAsync();

        Assert.Equal(Asked, (await _client.GetConversationAsync(conversation)).Turns[1].Answer?.Question);
    }

    [Fact]
    public async Task A_model_is_told_the_question_as_it_was_asked()
    {
        var conversation = await FollowUpAsync();

        await RevokeAsync();

        Assert.Contains($"Question: {Asked}", await ToldAsync(conversation, parent: null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_remembered_of_it_however_long_ago_it_was_given()
    {
        var conversation = await BeginAsync();
        await GoOnAsync();

        await RevokeAsync();

        Assert.DoesNotContain(Remembered, await ToldAsync(conversation, Guid.Parse(Last)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_remembered_as_long_as_it_may_be_read()
    {
        var conversation = await BeginAsync();
        await GoOnAsync();

        Assert.Contains(Remembered, await ToldAsync(conversation, Guid.Parse(Last)), StringComparison.Ordinal);
    }

    private async Task<Guid> BeginAsync()
    {
        var conversation = await _client.CreateConversationAsync(new());
        await _client.AddTurnAsync(conversation.Id, new() { Question = TalkingApi.Question });
        return conversation.Id;
    }

    private async Task<Guid> FollowUpAsync()
    {
        var conversation = await BeginAsync();
        _talking.Model.ScriptNext(Understood);
        Assert.Equal(Understood, (await _client.AddTurnAsync(conversation, new() { Question = Asked })).StandaloneQuestion);
        return conversation;
    }

    /// <summary>Sixty more turns without answers, the last of which remembers what the first one was told.</summary>
    private Task<long> GoOnAsync() => _talking.Api.Database.ReadAsync<long>($$"""
        WITH more AS (SELECT n, ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid AS id FROM generate_series(0, 60) AS n),
        added AS (
            INSERT INTO turn (tenant_id, conversation_id, turn_id, owner, parent_id, question, answer_id, state, lease_until, ended_at, memory)
            SELECT turn.tenant_id, turn.conversation_id, own.id, turn.owner, CASE WHEN own.n = 1 THEN turn.turn_id ELSE before.id END,
                   'Who pays?', gen_random_uuid(), 'stopped', now(), now(),
                   CASE WHEN own.id = '{{Last}}' THEN jsonb_build_object('through', before.id, 'text', '{{Remembered}}') END
            FROM turn, more AS own JOIN more AS before ON before.n = own.n - 1
            RETURNING 1)
        SELECT count(*) FROM added
        """);

    private async Task RevokeAsync() => await _client.DeleteDocumentAsync((await _client.ListDocumentsAsync()).Items.Single().Id);

    /// <summary>What the model is told of the conversation with the next question.</summary>
    private async Task<string> ToldAsync(Guid conversation, Guid? parent)
    {
        var before = _talking.Model.CallCount;
        // To the end: what it comes to may not be read when it is there.
        await foreach (var _ in _client.AddTurnStreamingAsync(conversation, new() { Question = "And part-timers?", Parent = parent }))
        {
        }
        var call = await _talking.Model.WaitForCallAsync(call => call.Number > before);
        return call.Body.GetRawText();
    }
}
