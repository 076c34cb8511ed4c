using AiApp.Contracts;
using AiApp.Testing;

namespace AiApp.Integration.Tests.Operations;

public sealed class RequestTests(OperationsFixture fixture) : IClassFixture<OperationsFixture>
{
    [Fact]
    public async Task A_waterfall_places_each_stage_and_each_call_within_the_request()
    {
        var client = await fixture.NewTenantAsync();
        fixture.Server.ChatFaults.Next(new Fault.WrongContentType());
        var answer = await client.AskAsync(new() { Question = OperationsFixture.Answerable });

        var detail = await client.GetRequestAsync(answer.Id);

        Assert.Equal(answer.Stages.Select(stage => stage.Name), detail.Stages.Select(stage => stage.Name));
        Assert.Equal(2, detail.Attempts.Count);
        var spans = detail.Stages.Select(stage => (Start: stage.StartMs!.Value, stage.DurationMs))
            .Concat(detail.Attempts.Select(attempt => (Start: attempt.StartMs!.Value, DurationMs: attempt.DurationMs!.Value))).ToList();
        Assert.All(spans, span => Assert.InRange(span.Start, 0, answer.DurationMs + 1));
        Assert.All(spans, span => Assert.InRange(span.Start + span.DurationMs, 0, answer.DurationMs + 1));
        var write = detail.Stages.Single(stage => stage.Name == "write");
        Assert.All(detail.Attempts, attempt => Assert.InRange(attempt.StartMs!.Value, write.StartMs!.Value - 0.1, write.StartMs.Value + write.DurationMs));
        Assert.True(detail.Attempts[1].StartMs >= detail.Attempts[0].StartMs + detail.Attempts[0].DurationMs - 0.1);
    }

    [Fact]
    public async Task Every_call_that_was_paid_for_stands_under_its_answer_with_the_same_sum()
    {
        var client = await fixture.NewTenantAsync();
        fixture.Server.ChatFaults.Next(new Fault.WrongContentType());
        var answer = await client.AskAsync(new() { Question = OperationsFixture.Answerable });
        await fixture.ReadAsync(client, summary => summary.Usage.Sum(usage => usage.Calls) == 2);

        var calls = (await client.GetRequestAsync(answer.Id)).Calls;

        Assert.Equal(answer.Attempts.Select(attempt => (attempt.Model, (string?)attempt.Outcome)), calls.Select(call => (call.Model, call.Outcome)));
        Assert.Equal(answer.Usage.CostDollars, calls.Sum(call => call.CostDollars));
        Assert.All(calls, call => Assert.Equal(("settled", "test"), (call.State, call.PriceVersion)));
    }

    [Fact]
    public async Task A_request_leads_to_its_trace()
    {
        var client = await fixture.NewTenantAsync();

        var answer = await client.AskAsync(new() { Question = OperationsFixture.Answerable });

        Assert.Matches("^[0-9a-f]{32}$", (await client.GetRequestAsync(answer.Id)).Request.TraceId);
    }

    [Fact]
    public async Task What_was_asked_is_told_to_nobody_but_whoever_asked_it()
    {
        var tenant = $"tenant {Guid.NewGuid():N}";
        await fixture.NewTenantAsync(tenant);
        var key = await fixture.Api.CreateKeyAsync(tenant, onBehalfOf: true);
        var (anna, bert) = (For(key, "anna"), For(key, "bert"));
        var answer = await anna.AskAsync(new() { Question = OperationsFixture.Answerable });

        Assert.Equal(OperationsFixture.Answerable, (await anna.GetRequestAsync(answer.Id)).Request.Question);
        Assert.Null((await bert.GetRequestAsync(answer.Id)).Request.Question);
        Assert.Null(Assert.Single((await bert.ListRequestsAsync(new())).Items).Question);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_or_a_repetition()
    {
        var client = await fixture.NewTenantAsync();
        var asked = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            asked.Insert(0, (await client.AskAsync(new() { Question = OperationsFixture.Answerable })).Id);
        }

        var found = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await client.ListRequestsAsync(new(), cursor, limit: 2);
            found.AddRange(page.Items.Select(request => request.Id));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(asked, found);
    }

    [Fact]
    public async Task Requests_are_found_by_outcome_model_and_duration()
    {
        var client = await fixture.NewTenantAsync();
        var answer = await client.AskAsync(new() { Question = OperationsFixture.Answerable });

        Assert.Single((await client.ListRequestsAsync(new() { Outcome = RequestOutcomes.Answered, Model = answer.Model, AtLeastMs = answer.DurationMs })).Items);
        Assert.Empty((await client.ListRequestsAsync(new() { Outcome = RequestOutcomes.Canceled })).Items);
        Assert.Empty((await client.ListRequestsAsync(new() { Model = "another" })).Items);
        Assert.Empty((await client.ListRequestsAsync(new() { AtLeastMs = answer.DurationMs + 1 })).Items);
    }

    [Fact]
    public async Task An_extraction_is_a_request_too_told_by_the_ledger()
    {
        var client = await fixture.Api.CreateClientAsync();
        using var schema = System.Text.Json.JsonDocument.Parse("""{"type":"object","properties":{"days":{"type":"integer"}},"required":["days"]}""");
        fixture.Server.ChatFaults.Next(new Fault.ServerError(400), new Fault.ServerError(400));
        await Assert.ThrowsAsync<AiAppException>(() => client.ExtractAsync(new() { Text = "28 days", Schema = schema.RootElement }));
        await fixture.ReadAsync(client, summary => summary.Errors.Sum(error => error.Count) == 2);

        var listed = Assert.Single((await client.ListRequestsAsync(new())).Items);
        var detail = await client.GetRequestAsync(listed.Id);

        Assert.Equal(("extraction", RequestOutcomes.Failed), (listed.Kind, listed.Outcome));
        Assert.Equal((listed.ErrorCode, "extract"), (detail.Request.ErrorCode, detail.Calls[0].Step));
    }

    private AiAppClient For(string key, string user)
    {
        var http = fixture.Api.CreateHttp(key);
        http.DefaultRequestHeaders.Add(AiAppClient.UserHeader, user);
        return new(http);
    }
}
