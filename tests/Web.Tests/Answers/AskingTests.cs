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

    [Fact]
    public async Task A_question_that_broke_off_before_anything_came_back_is_sent_again_as_the_same()
    {
        Api(() => throw new HttpRequestException("Reset."), () => ScriptedApi.Events(), () => ScriptedApi.Events(Begun, Whole));

        await _asking.AskAsync("Why?");

        Assert.Equal("Because.", Shown.Text);
        Assert.Equal(3, Sent.Count());
        Assert.Single(Sent.Distinct());
    }

    [Fact]
    public async Task A_question_that_never_arrived_is_given_up_and_asked_again_as_the_same()
    {
        Api(() => throw new IOException("Reset."), () => throw new IOException("Reset."), () => throw new IOException("Reset."), () => ScriptedApi.Events(Begun, Whole));
        await _asking.AskAsync("Why?");
        Assert.Equal(ExchangeState.Failed, Shown.State);

        await _asking.AskAsync("Why?", editOf: Shown);

        Assert.Equal("Because.", Assert.Single(_asking.Exchanges).Text);
        Assert.Single(Sent.Distinct());
    }

    [Fact]
    public async Task A_question_that_is_refused_is_not_sent_again()
    {
        Api(() => ScriptedApi.Refuse(HttpStatusCode.ServiceUnavailable, new() { Code = ProblemCodes.Overloaded, Retryable = true }));

        await _asking.AskAsync("Why?");

        Assert.Equal(ProblemCodes.Overloaded, Shown.Problem?.Code);
    }

    [Fact]
    public async Task A_question_is_stopped_in_the_Api_though_nothing_came_back_yet()
    {
        var (sent, stopped) = (Signal(), Signal());
        using var api = new ScriptedApi
        {
            Script = async (request, ct) =>
            {
                var path = request.RequestUri!.AbsolutePath;
                if (path.EndsWith("/conversations", StringComparison.Ordinal))
                {
                    return ScriptedApi.Ok(ScriptedApi.Conversation(Conversation));
                }
                (path.EndsWith("/stop", StringComparison.Ordinal) ? stopped : sent).SetResult(path);
                await Task.Delay(Timeout.Infinite, ct);
                return ScriptedApi.Events();
            },
        };
        using var asking = api.Asking();
        var asked = asking.AskAsync("Why?");
        await sent.Task;

        asking.Stop();

        Assert.Contains($"{asking.Exchanges[^1].TurnId}", await stopped.Task, StringComparison.Ordinal);
        await asked;

        static TaskCompletionSource<string> Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private IEnumerable<string> Sent => _api.Calls.Where(call => call.Contains("/turns", StringComparison.Ordinal));

    private Exchange Shown => _asking.Exchanges[^1];

    private void Api(params ReadOnlySpan<Func<HttpResponseMessage>> answers)
    {
        foreach (var answer in answers)
        {
            _turns.Enqueue(answer);
        }
    }
}
