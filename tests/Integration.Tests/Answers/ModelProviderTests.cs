using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Integration.Tests.Retrieval;
using AiApp.Rag.Retrieval;
using AiApp.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Integration.Tests.Answers;

/// <summary>An OpenAI-compatible endpoint behind the real Api: what it writes is checked before anybody reads it.</summary>
public sealed class ModelProviderTests
{
    private static readonly AskRequest Leave = new() { Question = "How many days of annual leave do full-time employees have?" };

    [Fact]
    public async Task A_streamed_answer_of_a_model_is_cited_with_a_quote_of_the_document()
    {
        await using var server = await ModelServer.StartAsync();
        await using var api = await StartAsync(server);

        var events = await (await api.CreateClientAsync()).AskStreamingAsync(Leave).ToListAsync();

        var answer = Assert.IsType<DoneEvent>(events[^1]).Answer;
        Assert.Equal("openai", answer.Provider);
        Assert.Contains(FixedRetriever.LeaveText, answer.Text, StringComparison.Ordinal);
        Assert.Equal(FixedRetriever.LeaveText, Assert.Single(answer.Citations).Quote);
        Assert.True(answer.Usage.InputTokens > 0 && answer.Usage.OutputTokens > 0);
    }

    [Fact]
    public async Task A_marker_to_a_passage_that_does_not_exist_never_reaches_the_reader()
    {
        await using var server = await ModelServer.StartAsync(new ModelServerOptions { Mode = AnswerMode.BadMarker });
        await using var api = await StartAsync(server);

        var events = await (await api.CreateClientAsync()).AskStreamingAsync(Leave).ToListAsync();

        var shown = string.Concat(events.OfType<DeltaEvent>().Select(delta => delta.Text));
        Assert.DoesNotContain("[99]", shown, StringComparison.Ordinal);
        Assert.All(Assert.IsType<DoneEvent>(events[^1]).Answer.Citations, citation => Assert.Contains(citation.Quote, FixedRetriever.LeaveText, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_without_a_single_good_citation_is_not_shown()
    {
        await using var server = await ModelServer.StartAsync(new ModelServerOptions { Mode = AnswerMode.Scripted, Script = ["Everyone has ", "99 days. [7]"] });
        await using var api = await StartAsync(server);

        var answer = await (await api.CreateClientAsync()).AskAsync(Leave);

        Assert.Equal(AnswerOutcomes.InsufficientContext, answer.Outcome);
        Assert.DoesNotContain("99", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_says_so_abstains()
    {
        await using var server = await ModelServer.StartAsync(new ModelServerOptions { Mode = AnswerMode.Scripted, Script = ["INSUFFICIENT", "_CONTEXT"] });
        await using var api = await StartAsync(server);

        var answer = await (await api.CreateClientAsync()).AskAsync(Leave);

        Assert.Equal(AnswerOutcomes.InsufficientContext, answer.Outcome);
        Assert.NotEmpty(answer.Passages);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_ends_with_an_error_and_is_not_kept_as_an_answer()
    {
        await using var server = await ModelServer.StartAsync();
        server.ChatFaults.Always = new Fault.Cut(2);
        await using var api = await StartAsync(server);

        var events = await (await api.CreateClientAsync()).AskStreamingAsync(Leave).ToListAsync();

        Assert.Equal(ProblemCodes.StreamInterrupted, Assert.IsType<ErrorEvent>(events[^1]).Problem.Code);
        Assert.Equal("failed/stream_interrupted", await api.Database.ReadAsync<string>("SELECT outcome || '/' || error_code FROM answer"));
    }

    [Fact]
    public async Task A_rate_limit_of_the_provider_is_told_with_its_pause()
    {
        await using var server = await ModelServer.StartAsync();
        server.ChatFaults.Always = new Fault.RateLimited(TimeSpan.FromSeconds(1));
        await using var api = await StartAsync(server);

        var failure = await Assert.ThrowsAsync<AiAppException>(async () => await (await api.CreateClientAsync()).AskAsync(Leave));

        Assert.Equal(ProblemCodes.ProviderRateLimited, failure.Problem.Code);
        Assert.True(failure.Problem.Retryable);
    }

    [Fact]
    public async Task A_reader_who_leaves_stops_the_model()
    {
        await using var server = await ModelServer.StartAsync();
        server.ChatFaults.Always = new Fault.Stall(1, new Gate());
        await using var api = await StartAsync(server);
        var client = await api.CreateClientAsync();
        using var leave = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in client.AskStreamingAsync(Leave, leave.Token))
            {
                if (item is StageEvent { Name: "writing" })
                {
                    await server.WaitForCallAsync(ct: new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
                    await leave.CancelAsync();
                }
            }
        });

        var call = await server.WaitForCallAsync();
        Assert.Equal(CallOutcome.Cancelled, await call.Finished.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_prompt_that_is_too_long_for_the_model_is_made_with_fewer_passages_and_the_answer_says_so()
    {
        await using var server = await ModelServer.StartAsync();
        var passage = (await FixedRetriever.Leave.RetrieveAsync(new() { Tenant = new(1), Text = Leave.Question }, CancellationToken.None)).Chunks[0];
        var wordy = passage with { Text = passage.Text + " " + string.Concat(Enumerable.Repeat("Nothing else of it matters here. ", 120)) };
        var retriever = new FixedRetriever((query, ct) => Task.FromResult(new RetrievalResult { Chunks = [wordy, wordy, wordy, wordy], Stages = [], Terms = [] }));
        await using var api = await TestApi.StartAsync(
            configure: builder => builder.Services.AddSingleton<IRetriever>(retriever),
            settings: [.. Settings(server), "--Models:Chat:test-model:Provider=openai", "--Models:Chat:test-model:ContextTokens=3400", "--Models:Chat:test-model:MaxOutputTokens=1000"]);

        var answer = await (await api.CreateClientAsync()).AskAsync(Leave);

        Assert.Equal([Degradations.FewerPassages], answer.Degraded);
        Assert.Equal((AnswerOutcomes.Answered, 1), (answer.Outcome, server.CallCount));
    }

    [Fact]
    public async Task Without_a_model_that_answers_the_last_of_the_route_quotes_and_the_answer_says_so()
    {
        await using var server = await ModelServer.StartAsync();
        server.ChatFaults.Always = new Fault.ServerError(503);
        await using var api = await TestApi.StartAsync(
            configure: builder => builder.Services.AddSingleton<IRetriever>(FixedRetriever.Leave),
            settings: [.. Settings(server), "--Models:Routes:answer:0=test-model", "--Models:Routes:answer:1=local"]);

        var answer = await (await api.CreateClientAsync()).AskAsync(Leave);

        Assert.Equal([Degradations.Extractive], answer.Degraded);
        Assert.Equal("local", answer.Provider);
        Assert.Equal(["provider_error", "ok"], answer.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(FixedRetriever.LeaveText, Assert.Single(answer.Citations).Quote);
    }

    private static string[] Settings(ModelServer server) =>
    [
        "--Models:Provider=openai", $"--Models:OpenAI:Endpoint={server.Endpoint}", "--Models:OpenAI:ApiKey=none", "--Models:OpenAI:ChatModel=test-model",
    ];

    private static Task<TestApi> StartAsync(ModelServer server) => TestApi.StartAsync(
        configure: builder => builder.Services.AddSingleton<IRetriever>(FixedRetriever.Leave),
        settings: Settings(server));
}
