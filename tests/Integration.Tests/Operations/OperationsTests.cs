using System.Net;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Testing;

namespace AiApp.Integration.Tests.Operations;

public sealed class OperationsTests(OperationsFixture fixture) : IClassFixture<OperationsFixture>
{
    [Fact]
    public async Task An_answer_is_counted_with_its_stages_its_tokens_and_its_cost()
    {
        var client = await fixture.NewTenantAsync();
        var answer = await client.AskAsync(new() { Question = OperationsFixture.Answerable });

        var told = await fixture.ReadAsync(client, summary => summary.Usage.Count > 0);

        Assert.Equal((1L, 0L, 1), (told.Slices.Sum(slice => slice.Answered), told.Slices.Sum(slice => slice.Failed), told.SampledOneIn));
        Assert.Equal(answer.DurationMs, told.DurationMs!.P99);
        Assert.Equal(answer.DurationMs, told.Slices.Single().DurationMs!.P50);
        var usage = told.Usage.Single();
        Assert.Equal(
            (answer.Usage.InputTokens, answer.Usage.OutputTokens, answer.Usage.CostDollars, answer.Model, answer.PromptVersion),
            ((int)usage.InputTokens, (int)usage.OutputTokens, usage.CostDollars, usage.Model, usage.PromptVersion));
        var stages = told.Stages.ToDictionary(stage => stage.Name, stage => stage.DurationMs.P95);
        Assert.All(answer.Stages, stage => Assert.Equal(stage.DurationMs, stages[stage.Name]));
        Assert.Equal(answer.Attempts.Single().FirstTokenMs, stages["first_token"]);
    }

    [Fact]
    public async Task What_was_asked_and_what_it_took_belong_to_their_tenant()
    {
        var client = await fixture.NewTenantAsync();
        var answer = await client.AskAsync(new() { Question = OperationsFixture.Answerable });
        var other = await fixture.Api.CreateClientAsync();

        Assert.Empty((await other.GetOperationsAsync()).Slices);
        Assert.Empty((await other.ListRequestsAsync(new())).Items);
        var refused = await Assert.ThrowsAsync<AiAppException>(() => other.GetRequestAsync(answer.Id));
        Assert.Equal(ProblemCodes.NotFound, refused.Problem.Code);
    }

    [Fact]
    public async Task A_call_that_failed_is_an_error_of_its_model_also_when_the_question_was_answered()
    {
        var client = await fixture.NewTenantAsync();
        fixture.Server.ChatFaults.Next(new Fault.WrongContentType());
        var answer = await client.AskAsync(new() { Question = OperationsFixture.Answerable });

        var told = await fixture.ReadAsync(client, summary => summary.Errors.Count > 0 && summary.Usage.Sum(usage => usage.Calls) == answer.Attempts.Count);

        var error = told.Errors.Single();
        Assert.Equal((ProblemCodes.ProviderBadOutput, "answer", OperationsFixture.First, answer.Id), (error.Code, error.Step, error.Model, error.RequestId));
        Assert.Equal((1L, 1L), (told.Slices.Sum(slice => slice.Answered), told.Slices.Sum(slice => slice.Degraded)));
    }

    [Fact]
    public async Task A_question_that_failed_is_an_error_of_the_questions()
    {
        var client = await fixture.NewTenantAsync();
        fixture.Server.ChatFaults.Next(new Fault.MalformedJson());
        var failure = await Assert.ThrowsAsync<AiAppException>(() => client.AskAsync(new() { Question = OperationsFixture.Answerable }));

        var told = await fixture.ReadAsync(client, summary => summary.Errors.Any(error => error.Step is null));

        Assert.Equal(failure.Problem.Code, told.Errors.Single(error => error.Step is null).Code);
        Assert.Equal((0L, 1L), (told.Slices.Sum(slice => slice.Answered), told.Slices.Sum(slice => slice.Failed)));
        Assert.Null(told.DurationMs);
        Assert.Equal(RequestOutcomes.Failed, Assert.Single((await client.ListRequestsAsync(new() { Code = failure.Problem.Code })).Items).Outcome);
    }

    [Fact]
    public async Task Nothing_outside_of_the_range_is_told()
    {
        var client = await fixture.NewTenantAsync();
        await client.AskAsync(new() { Question = OperationsFixture.Answerable });
        await fixture.ReadAsync(client, summary => summary.Usage.Count > 0);

        var now = TimeProvider.System.GetUtcNow();
        var before = await client.GetOperationsAsync(now.AddDays(-3), now.AddDays(-2));

        Assert.Equal((0, 0, 0, 0), (before.Slices.Count, before.Stages.Count, before.Usage.Count, before.Errors.Count));
    }

    [Theory]
    [InlineData("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")]
    [InlineData("from=2026-01-01T00:00:00Z&to=2026-06-01T00:00:00Z")]
    [InlineData("from=0001-01-01T00:00:00Z&to=0001-01-02T00:00:00Z")]
    [InlineData("to=0001-01-01T00:00:00Z")]
    [InlineData("from=yesterday")]
    public async Task A_range_that_cannot_be_looked_at_is_refused(string query)
    {
        using var http = fixture.Api.CreateHttp();

        var summary = await http.GetAsync($"/api/operations?{query}");
        var requests = await http.GetAsync($"/api/operations/requests?{query}");

        await summary.ReadProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.Validation);
        await requests.ReadProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.Validation);
    }

    [Fact]
    public async Task Only_those_who_are_named_see_it_once_somebody_is()
    {
        await using var api = await TestApi.StartAsync(settings: ["--Operations:Readers:0=group:engineers"]);
        using var anna = api.CreateHttp();
        anna.DefaultRequestHeaders.Add(AiAppClient.UserHeader, "anna");
        using var bert = api.CreateHttp();
        bert.DefaultRequestHeaders.Add(AiAppClient.UserHeader, "bert");
        bert.DefaultRequestHeaders.Add(AiAppClient.GroupsHeader, "engineers");

        foreach (var address in new[] { "/api/operations", "/api/operations/requests", $"/api/operations/requests/{Guid.NewGuid()}" })
        {
            await (await anna.GetAsync(address)).ReadProblemAsync(HttpStatusCode.Forbidden, ProblemCodes.Forbidden);
            Assert.NotEqual(HttpStatusCode.Forbidden, (await bert.GetAsync(address)).StatusCode);
        }
    }
}
