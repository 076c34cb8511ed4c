using System.Net;

namespace AiApp.Web.Tests.Answers;

public sealed class OpeningTests : IDisposable
{
    private readonly Guid _slow = Guid.NewGuid();
    private readonly Guid _quick = Guid.NewGuid();
    private readonly TaskCompletionSource<HttpResponseMessage> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ScriptedApi _api;

    public OpeningTests() => _api = new()
    {
        Script = (request, ct) => request.RequestUri!.AbsolutePath.EndsWith($"{_slow}", StringComparison.Ordinal)
            ? _opened.Task
            : Task.FromResult(ScriptedApi.Ok(ScriptedApi.Conversation(_quick))),
    };

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task A_slow_opening_does_not_take_the_place_of_the_conversation_that_was_chosen_after_it()
    {
        using var asking = _api.Asking();
        var opening = asking.OpenAsync(_slow, CancellationToken.None);
        await asking.OpenAsync(_quick, CancellationToken.None);

        _opened.SetResult(ScriptedApi.Ok(ScriptedApi.Conversation(_slow)));

        Assert.Equal((false, _quick), (await opening, asking.ConversationId));
    }

    [Fact]
    public async Task A_slow_opening_does_not_take_the_place_of_a_new_conversation()
    {
        using var asking = _api.Asking();
        var opening = asking.OpenAsync(_slow, CancellationToken.None);
        asking.Leave();

        _opened.SetResult(ScriptedApi.Ok(ScriptedApi.Conversation(_slow)));

        Assert.Equal((false, null), (await opening, asking.ConversationId));
    }

    [Fact]
    public async Task The_failure_of_an_opening_that_nobody_waits_for_any_more_is_not_told()
    {
        using var asking = _api.Asking();
        var opening = asking.OpenAsync(_slow, CancellationToken.None);
        asking.Stay();

        _opened.SetResult(ScriptedApi.Refuse(HttpStatusCode.NotFound));

        Assert.False(await opening);
    }
}
