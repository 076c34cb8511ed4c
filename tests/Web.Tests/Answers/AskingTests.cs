using System.Net;
using AiApp.Contracts;
using AiApp.Web.Answers;

namespace AiApp.Web.Tests.Answers;

/// <summary>Answers whose connections break; each call of the Api meets what the test puts into its place.</summary>
public sealed class AskingTests : IDisposable
{
    private static readonly Guid Conversation = Guid.NewGuid();
    private static readonly (string, object) Begun = (AnswerEventNames.Turn, new TurnBegunEvent(Conversation, Guid.Empty, null));
    private static readonly (string, object) Whole = (AnswerEventNames.Done, ScriptedApi.Answer);

    private readonly Queue<Func<HttpResponseMessage>> _turns = new();
    private readonly ScriptedApi _api;
    private readonly Asking _asking;

    public AskingTests()
    {
        _api = new()
        {
            Script = (request, _) => Task.FromResult(
                request.RequestUri!.AbsolutePath.EndsWith("/conversations", StringComparison.Ordinal) ? ScriptedApi.Ok(ScriptedApi.Conversation(Conversation)) : _turns.Dequeue()()),
        };
        _asking = _api.Asking();
    }

    public void Dispose()
    {
        _asking.Dispose();
        _api.Dispose();
    }

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Something_between_that_refuses_for_a_moment_does_not_end_an_answer(int status)
    {
        Api(() => ScriptedApi.Events(Begun), () => ScriptedApi.Refuse((HttpStatusCode)status), () => ScriptedApi.Events(Whole));

        await _asking.AskAsync("Why?");

        Assert.Equal("Because.", Shown.Text);
    }

    [Fact]
    public async Task A_busy_Api_does_not_end_an_answer()
    {
        Api(() => ScriptedApi.Events(Begun), () => ScriptedApi.Refuse(HttpStatusCode.ServiceUnavailable, new() { Code = ProblemCodes.Overloaded, Retryable = true }),
            () => ScriptedApi.Events(Whole));

        await _asking.AskAsync("Why?");

        Assert.Equal("Because.", Shown.Text);
    }

    [Fact]
    public async Task What_will_not_pass_ends_an_answer_at_once()
    {
        Api(() => ScriptedApi.Events(Begun), () => ScriptedApi.Refuse(HttpStatusCode.NotFound, new() { Code = ProblemCodes.NotFound }));

        await _asking.AskAsync("Why?");

        Assert.Equal((ExchangeState.Failed, ProblemCodes.NotFound), (Shown.State, Shown.Problem?.Code));
    }

    private Exchange Shown => _asking.Exchanges[^1];

    private void Api(params ReadOnlySpan<Func<HttpResponseMessage>> answers)
    {
        foreach (var answer in answers)
        {
            _turns.Enqueue(answer);
        }
    }
}
