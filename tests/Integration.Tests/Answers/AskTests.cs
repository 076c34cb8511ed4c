using System.Net;
using System.Net.Http.Json;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Integration.Tests.Retrieval;
using AiApp.Rag.Answering;
using AiApp.Rag.Gateway;
using AiApp.Rag.Retrieval;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Integration.Tests.Answers;

public sealed class AskTests
{
    private static readonly AskRequest Leave = new() { Question = "How many days of annual leave do full-time employees have?" };

    [Fact]
    public async Task A_json_answer_cites_and_can_be_read_again_as_it_was_given()
    {
        await using var api = await StartAsync(FixedRetriever.Leave);
        var client = await api.CreateClientAsync();
        await FixedRetriever.AddDocumentAsync(client, api.Database);

        var answer = await client.AskAsync(Leave);

        Assert.Equal(AnswerOutcomes.Answered, answer.Outcome);
        var citation = Assert.Single(answer.Citations);
        Assert.Contains(citation.Quote, FixedRetriever.LeaveText, StringComparison.Ordinal);
        Assert.Equal(100 + FixedRetriever.LeaveText.IndexOf(citation.Quote, StringComparison.Ordinal), citation.StartOffset);
        Assert.Equal(answer.Text, (await client.GetAnswerAsync(answer.Id)).Text);
    }

    [Fact]
    public async Task A_streamed_answer_sends_each_citation_before_its_marker_and_ends_with_the_whole()
    {
        await using var api = await StartAsync(FixedRetriever.Leave);
        var client = await api.CreateClientAsync();

        var events = await client.AskStreamingAsync(Leave).ToListAsync();

        Assert.IsType<StageEvent>(events[0]);
        Assert.IsType<UsageEvent>(events[^2]);
        var done = Assert.IsType<DoneEvent>(events[^1]);
        Assert.Equal(done.Answer.Text, string.Concat(events.OfType<DeltaEvent>().Select(delta => delta.Text)));
        var cited = events.FindIndex(item => item is CitationEvent { Citation.Marker: 1 });
        var marked = events.FindIndex(item => item is DeltaEvent delta && delta.Text.Contains("[1]", StringComparison.Ordinal));
        Assert.InRange(cited, 0, marked - 1);
    }

    [Fact]
    public async Task A_stream_is_neither_cached_nor_buffered_on_its_way()
    {
        await using var api = await StartAsync(FixedRetriever.Leave);
        using var http = api.CreateHttp();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/ask") { Content = JsonContent.Create(Leave) };
        request.Headers.Accept.ParseAdd("text/event-stream");

        using var response = await http.SendAsync(request);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl is { NoCache: true, NoStore: true });
        Assert.Equal("no", Assert.Single(response.Headers.GetValues("X-Accel-Buffering")));
        Assert.StartsWith("event: stage\ndata: {", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_after_the_stream_began_is_its_last_event()
    {
        await using var api = await StartAsync(new((_, _) => throw new ModelProviderException("provider_timeout", "secret text")));
        var client = await api.CreateClientAsync();

        var events = await client.AskStreamingAsync(Leave).ToListAsync();

        var problem = Assert.IsType<ErrorEvent>(events[^1]).Problem;
        Assert.Equal(ProblemCodes.ProviderTimeout, problem.Code);
        Assert.True(problem.Retryable);
        Assert.DoesNotContain("secret", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("provider_rate_limited", HttpStatusCode.TooManyRequests)]
    [InlineData("provider_timeout", HttpStatusCode.GatewayTimeout)]
    [InlineData("provider_error", HttpStatusCode.BadGateway)]
    [InlineData("provider_bad_output", HttpStatusCode.BadGateway)]
    public async Task A_failing_provider_is_named_and_its_wait_is_passed_on(string code, HttpStatusCode status)
    {
        await using var api = await StartAsync(new((_, _) => throw new ModelProviderException(code, "secret", null, TimeSpan.FromSeconds(7))));
        using var http = api.CreateHttp();

        using var response = await http.PostAsJsonAsync("/api/ask", Leave);

        Assert.True((await response.ReadProblemAsync(status, code)).Retryable);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task An_unforeseen_failure_tells_nothing_of_itself()
    {
        await using var api = await StartAsync(new((_, _) => throw new InvalidOperationException("secret")));
        using var http = api.CreateHttp();

        using var response = await http.PostAsJsonAsync("/api/ask", Leave);

        await response.ReadProblemAsync(HttpStatusCode.InternalServerError, ProblemCodes.Internal);
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_leaves_cancels_the_work()
    {
        var began = new TaskCompletionSource();
        var canceled = new TaskCompletionSource();
        await using var api = await StartAsync(new(async (_, ct) =>
        {
            began.SetResult();
            await using var registration = ct.Register(canceled.SetResult);
            await Task.Delay(Timeout.Infinite, ct);
            throw new InvalidOperationException();
        }));
        using var http = api.CreateHttp();
        using var leave = new CancellationTokenSource();

        var asking = http.PostAsJsonAsync("/api/ask", Leave, leave.Token);
        await began.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await leave.CancelAsync();

        await canceled.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    private static Task<TestApi> StartAsync(FixedRetriever retriever) =>
        TestApi.StartAsync(configure: builder => builder.Services.AddSingleton<IRetriever>(retriever));
}
