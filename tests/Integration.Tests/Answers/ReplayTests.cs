using System.Net;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Integration.Tests.Operations;

namespace AiApp.Integration.Tests.Answers;

/// <summary>Answers of models that cost money, given again.</summary>
public sealed class ReplayTests(OperationsFixture fixture) : IClassFixture<OperationsFixture>
{
    [Fact]
    public async Task A_replay_on_the_recorded_evidence_says_the_same_although_the_document_has_changed()
    {
        var client = await fixture.NewTenantAsync();
        var answer = await client.AskAsync(new() { Question = OperationsFixture.Answerable });
        await ChangeAsync(client, "# Annual leave\n\nFull-time employees have 30 days of annual leave a year.");

        var replay = await client.ReplayAnswerAsync(answer.Id);

        Assert.True(replay is { SameText: true, SameOutcome: true, Evidence: ReplayEvidences.Recorded, Missing.Count: 0 });
        Assert.Equal(answer.Text, replay.Original.Text);
        Assert.Equal((answer.Citations.Count, 0, 0), (replay.KeptCitations.Count, replay.GoneCitations.Count, replay.NewCitations.Count));
        Assert.Equal((1, 2), (replay.ChangedDocuments.Single().RecordedVersion, replay.ChangedDocuments.Single().CurrentVersion));
        Assert.Equal((answer.Usage.CostDollars, 0m, 0), (replay.Replay.Usage.CostDollars, replay.CostDollarsMore, replay.InputTokensMore));
        Assert.True(replay.Replay.Usage.CostDollars > 0);
    }

    [Fact]
    public async Task On_new_evidence_it_tells_which_citations_are_gone_and_which_are_new()
    {
        var client = await fixture.NewTenantAsync();
        var answer = await client.AskAsync(new() { Question = OperationsFixture.Answerable });
        await ChangeAsync(client, "# Annual leave\n\nFull-time employees have 30 days of annual leave a year.");

        var replay = await client.ReplayAnswerAsync(answer.Id, ReplayEvidences.New);

        Assert.False(replay.SameText);
        Assert.Contains("28 days", Assert.Single(replay.GoneCitations).Quote, StringComparison.Ordinal);
        Assert.Contains("30 days", Assert.Single(replay.NewCitations).Quote, StringComparison.Ordinal);
        Assert.Empty(replay.KeptCitations);
    }

    [Fact]
    public async Task It_is_recorded_with_what_it_was_given_again_for_and_counted_with_no_other_answers()
    {
        var client = await fixture.NewTenantAsync();
        var answer = await client.AskAsync(new() { Question = OperationsFixture.Answerable });

        var replay = await client.ReplayAnswerAsync(answer.Id);

        Assert.Equal(answer.Id, await fixture.Api.Database.ReadAsync<Guid>($"SELECT replay_of FROM answer WHERE answer_id = '{replay.Replay.Id}'"));
        var told = await fixture.ReadAsync(client, summary => summary.Usage.Sum(usage => usage.Calls) == 2);
        Assert.Equal(1, told.Slices.Sum(slice => slice.Answered));
        Assert.Equal("replay", (await client.GetRequestAsync(replay.Replay.Id)).Request.Kind);
        Assert.Equal(["replay", "question"], (await client.ListRequestsAsync(new())).Items.Select(request => request.Kind));
        var refused = await Assert.ThrowsAsync<AiAppException>(() => client.GiveFeedbackAsync(replay.Replay.Id, new() { Verdict = Verdicts.Good }));
        Assert.Equal(ProblemCodes.NotFound, refused.Problem.Code);
    }

    [Fact]
    public async Task The_model_that_answered_is_asked_although_the_route_begins_with_another()
    {
        var client = await fixture.NewTenantAsync();
        fixture.Server.ChatFaults.Next(new AiApp.Testing.Fault.WrongContentType());
        var answer = await client.AskAsync(new() { Question = OperationsFixture.Answerable });
        Assert.Equal(OperationsFixture.Second, answer.Model);

        var replay = await client.ReplayAnswerAsync(answer.Id);

        Assert.Equal(OperationsFixture.Second, replay.Replay.Model);
        Assert.Single(replay.Replay.Attempts);
        Assert.Empty(replay.Replay.Degraded);
    }

    [Fact]
    public async Task What_of_the_recorded_state_is_gone_is_named()
    {
        var client = await fixture.NewTenantAsync();
        var answer = await client.AskAsync(new() { Question = OperationsFixture.Answerable });
        await fixture.Api.Database.ReadAsync<int>(
            $"UPDATE answer SET prompt_version = 'answer.v1:00000000', model = 'gone-1', query_terms = NULL WHERE answer_id = '{answer.Id}' RETURNING 1");

        var replay = await client.ReplayAnswerAsync(answer.Id);

        Assert.Equal([ReplayMissing.PromptVersion, ReplayMissing.Model, ReplayMissing.QueryTerms], replay.Missing);
        Assert.Equal((OperationsFixture.First, answer.PromptVersion), (replay.Replay.Model, replay.Replay.PromptVersion));
    }

    [Fact]
    public async Task It_is_for_whoever_got_the_answer_while_they_may_read_every_document()
    {
        var key = await fixture.Api.CreateKeyAsync($"tenant {Guid.NewGuid():N}", onBehalfOf: true);
        var (anna, bert) = (As("anna"), As("bert"));
        await ChangeAsync(anna, "# Annual leave\n\nFull-time employees have 28 days of annual leave a year.");
        var answer = await anna.AskAsync(new() { Question = OperationsFixture.Answerable });

        await AssertNotFoundAsync(bert.ReplayAnswerAsync(answer.Id));
        var document = (await anna.ListDocumentsAsync()).Items.Single().Id;
        await bert.SetReadersAsync(document, ["user:bert"]);
        await AssertNotFoundAsync(anna.ReplayAnswerAsync(answer.Id));

        AiAppClient As(string user)
        {
            var http = fixture.Api.CreateHttp(key);
            http.DefaultRequestHeaders.Add(AiAppClient.UserHeader, user);
            return new(http);
        }
    }

    [Fact]
    public async Task It_is_borne_by_the_budgets_of_whoever_asks()
    {
        var tenant = $"tenant {Guid.NewGuid():N}";
        var client = await fixture.NewTenantAsync(tenant);
        var answer = await client.AskAsync(new() { Question = OperationsFixture.Answerable });
        await fixture.Api.Database.ReadAsync<int>(
            $"INSERT INTO budget (tenant_id, scope, subject, period, limit_cost) SELECT tenant_id, 'user', 'a test', 'day', 1 FROM tenant WHERE name = '{tenant}' RETURNING 1");

        var refused = await Assert.ThrowsAsync<AiAppException>(() => client.ReplayAnswerAsync(answer.Id));

        Assert.Equal(ProblemCodes.QuotaExceeded, refused.Problem.Code);
    }

    [Fact]
    public async Task Evidence_of_another_kind_is_refused()
    {
        using var http = fixture.Api.CreateHttp();

        var response = await http.PostAsync($"/api/answers/{Guid.NewGuid()}/replay?evidence=invented", null);

        await response.ReadProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.Validation);
    }

    private static async Task AssertNotFoundAsync(Task call) =>
        Assert.Equal(ProblemCodes.NotFound, (await Assert.ThrowsAsync<AiAppException>(() => call)).Problem.Code);

    private async Task ChangeAsync(AiAppClient client, string text)
    {
        await client.UploadAsync([("leave.md", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)))]);
        using var worker = new TestWorker(fixture.Api.Database);
        await worker.DrainAsync();
    }
}
