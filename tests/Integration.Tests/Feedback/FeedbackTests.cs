using System.Globalization;
using System.Net;
using System.Text.Json;
using AiApp.Contracts;
using AiApp.Evals;
using AiApp.Integration.Tests.Hosting;
using Npgsql;

namespace AiApp.Integration.Tests.Feedback;

public sealed class FeedbackTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const string Question = "How many days of annual leave do full-time employees have?";
    private static readonly FeedbackRequest OutOfDate = new()
    {
        Verdict = Verdicts.Bad,
        Reason = FeedbackReasons.OutOfDate,
        Comment = "That was the rule of last year. ",
        ExpectedAnswer = "30 days",
        ExpectedDocument = "leave-2026.md",
    };

    [Fact]
    public async Task What_is_said_again_replaces_what_was_said_and_can_be_withdrawn()
    {
        var (anna, _) = await NewTenantAsync();
        var answer = await anna.AskAsync(new() { Question = Question });

        await anna.GiveFeedbackAsync(answer.Id, OutOfDate);
        var given = await anna.GiveFeedbackAsync(answer.Id, new() { Verdict = Verdicts.Good });

        Assert.Equal((Verdicts.Good, null, null, "anna"), (given.Verdict, given.Reason, given.Comment, given.GivenBy));
        Assert.Equal(given, Assert.Single((await anna.ListFeedbackAsync(new())).Items));
        await anna.WithdrawFeedbackAsync(answer.Id);
        Assert.Empty((await anna.ListFeedbackAsync(new())).Items);
        await AssertNotFoundAsync(anna.WithdrawFeedbackAsync(answer.Id));
    }

    [Fact]
    public async Task Only_whoever_was_given_an_answer_may_judge_it()
    {
        var (anna, bert) = await NewTenantAsync();
        var (stranger, _) = await NewTenantAsync();
        var answer = await anna.AskAsync(new() { Question = Question });
        await anna.GiveFeedbackAsync(answer.Id, OutOfDate);

        foreach (var other in new[] { bert, stranger })
        {
            await AssertNotFoundAsync(other.GiveFeedbackAsync(answer.Id, OutOfDate));
            await AssertNotFoundAsync(other.WithdrawFeedbackAsync(answer.Id));
        }
        Assert.Empty((await stranger.ListFeedbackAsync(new())).Items);
        Assert.Empty(await stranger.ListCandidatesAsync(new()).ToListAsync());
        Assert.Single((await bert.ListFeedbackAsync(new())).Items);
    }

    [Fact]
    public async Task A_question_that_the_documents_do_not_answer_can_be_judged_too()
    {
        var (anna, _) = await NewTenantAsync();
        var answer = await anna.AskAsync(new() { Question = "Which zeppelin won the regatta of Lisbon?" });
        Assert.Equal(AnswerOutcomes.InsufficientContext, answer.Outcome);

        await anna.GiveFeedbackAsync(answer.Id, OutOfDate with { Reason = FeedbackReasons.Incomplete });

        Assert.Equal("feedback_incomplete", Assert.Single(await anna.ListCandidatesAsync(new()).ToListAsync()).Kind);
    }

    [Fact]
    public async Task A_bad_answer_becomes_a_line_that_a_golden_set_can_be_made_of()
    {
        var (anna, _) = await NewTenantAsync();
        var answer = await anna.AskAsync(new() { Question = Question, Collection = "handbook" });
        Assert.Equal(AnswerOutcomes.Answered, answer.Outcome);
        await anna.GiveFeedbackAsync(answer.Id, OutOfDate);
        var file = Path.GetTempFileName();

        await File.WriteAllLinesAsync(file, await anna.ListCandidatesAsync(new()).Select(candidate => JsonSerializer.Serialize(candidate, JsonSerializerOptions.Web)).ToListAsync());

        var golden = Assert.Single(GoldenQuestion.Load(file));
        Assert.Equal((Question, "leave-2026.md", "feedback_out_of_date", null), (golden.Question, golden.Document, golden.Kind, golden.Review));
        Assert.Equal(["30 days"], golden.MustContain);
        var candidate = Assert.Single(await anna.ListCandidatesAsync(new()).ToListAsync());
        Assert.Equal(("handbook", answer.Text, "That was the rule of last year."), (candidate.Collection, candidate.Answer, candidate.Comment));
        Assert.Equal(["leave.md"], candidate.Cited!);
    }

    [Fact]
    public async Task A_candidate_without_the_right_document_waits_for_a_review()
    {
        var (anna, _) = await NewTenantAsync();
        var answer = await anna.AskAsync(new() { Question = Question });
        await anna.GiveFeedbackAsync(answer.Id, OutOfDate with { ExpectedDocument = " ", ExpectedAnswer = new string('x', 61) });

        var candidate = Assert.Single(await anna.ListCandidatesAsync(new()).ToListAsync());

        Assert.Equal((null, 61, 0), (candidate.Document, candidate.Expected!.Length, candidate.MustContain.Count));
        Assert.NotNull(candidate.Review);
    }

    [Fact]
    public async Task Good_answers_and_slow_ones_are_no_candidates()
    {
        var (anna, _) = await NewTenantAsync();
        var (good, slow) = (await anna.AskAsync(new() { Question = Question }), await anna.AskAsync(new() { Question = Question }));
        await anna.GiveFeedbackAsync(good.Id, new() { Verdict = Verdicts.Good, Comment = "Just right." });
        await anna.GiveFeedbackAsync(slow.Id, new() { Verdict = Verdicts.Bad, Reason = FeedbackReasons.TooSlow });

        Assert.Empty(await anna.ListCandidatesAsync(new()).ToListAsync());
    }

    [Fact]
    public async Task What_an_answer_says_is_shown_only_to_those_who_may_read_every_document_behind_it()
    {
        var (anna, bert) = await NewTenantAsync();
        var answer = await anna.AskAsync(new() { Question = Question });
        await anna.GiveFeedbackAsync(answer.Id, OutOfDate);
        var documents = await anna.ListDocumentsAsync();
        await anna.SetReadersAsync(documents.Items.Single(document => document.SourceUri == "leave.md").Id, ["user:anna"]);

        var seen = Assert.Single(await bert.ListCandidatesAsync(new()).ToListAsync());

        Assert.Equal((Question, null, null), (seen.Question, seen.Answer, seen.Cited));
        Assert.Equal(answer.Text, Assert.Single(await anna.ListCandidatesAsync(new()).ToListAsync()).Answer);
    }

    [Fact]
    public async Task Lists_are_filtered_and_read_page_by_page_without_loss()
    {
        var (anna, _) = await NewTenantAsync();
        for (var place = 0; place < 5; place++)
        {
            var answer = await anna.AskAsync(new() { Question = Question });
            await anna.GiveFeedbackAsync(answer.Id, place == 0 ? new() { Verdict = Verdicts.Good } : OutOfDate with { Reason = FeedbackReasons.All[place] });
        }
        var read = new List<FeedbackDto>();

        for (string? cursor = null; ;)
        {
            var page = await anna.ListFeedbackAsync(new(), cursor, limit: 2);
            read.AddRange(page.Items);
            cursor = page.Next;
            if (cursor is null)
            {
                break;
            }
        }

        Assert.Equal([.. FeedbackReasons.All.Take(5).Skip(1).Reverse(), null], read.Select(feedback => feedback.Reason));
        Assert.Single((await anna.ListFeedbackAsync(new() { Verdict = Verdicts.Good })).Items);
        Assert.Single((await anna.ListFeedbackAsync(new() { Reason = FeedbackReasons.WrongSource })).Items);
        Assert.Single(await anna.ListCandidatesAsync(new() { Reason = FeedbackReasons.Incomplete }).ToListAsync());
        Assert.Empty((await anna.ListFeedbackAsync(new() { To = read[^1].GivenAt })).Items);
    }

    [Fact]
    public async Task It_stands_with_the_request_that_it_is_about()
    {
        var (anna, bert) = await NewTenantAsync();
        var answer = await anna.AskAsync(new() { Question = Question });
        var given = await anna.GiveFeedbackAsync(answer.Id, OutOfDate);

        var detail = await bert.GetRequestAsync(answer.Id);

        Assert.Equal(given, detail.Feedback);
        Assert.Null(detail.Request.Question);
    }

    [Theory]
    [InlineData("""{"verdict":"bad"}""")]
    [InlineData("""{"verdict":"bad","reason":"boring"}""")]
    [InlineData("""{"verdict":"good","reason":"wrong"}""")]
    [InlineData("""{"verdict":"good","expectedAnswer":"30 days"}""")]
    [InlineData("""{"verdict":"neither"}""")]
    [InlineData("""{"verdict":"bad","reason":"wrong","comment":"\u0000"}""")]
    [InlineData("""{"reason":"wrong"}""")]
    public async Task Feedback_that_cannot_be_understood_is_refused(string body)
    {
        using var http = fixture.Api.CreateHttp();

        var response = await http.PutAsync($"/api/answers/{Guid.NewGuid()}/feedback", new StringContent(body, null, "application/json"));

        await response.ReadProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.Validation);
    }

    [Fact]
    public async Task A_comment_has_its_bound()
    {
        var (anna, _) = await NewTenantAsync();
        var answer = await anna.AskAsync(new() { Question = Question });

        await anna.GiveFeedbackAsync(answer.Id, OutOfDate with { Comment = new string('å', 2_000) });
        var refused = await Assert.ThrowsAsync<AiAppException>(() => anna.GiveFeedbackAsync(answer.Id, OutOfDate with { Comment = new string('å', 2_001) }));

        Assert.Equal(ProblemCodes.Validation, refused.Problem.Code);
    }

    [Fact]
    public async Task Only_those_who_may_see_the_operations_see_what_others_said()
    {
        await using var api = await TestApi.StartAsync(settings: ["--Operations:Readers:0=group:engineers"]);
        using var anna = api.CreateHttp();
        anna.DefaultRequestHeaders.Add(AiAppClient.UserHeader, "anna");
        using var bert = api.CreateHttp();
        bert.DefaultRequestHeaders.Add(AiAppClient.UserHeader, "bert");
        bert.DefaultRequestHeaders.Add(AiAppClient.GroupsHeader, "engineers");

        foreach (var address in new[] { "/api/feedback", "/api/feedback/candidates" })
        {
            await (await anna.GetAsync(address)).ReadProblemAsync(HttpStatusCode.Forbidden, ProblemCodes.Forbidden);
            Assert.Equal(HttpStatusCode.OK, (await bert.GetAsync(address)).StatusCode);
        }
    }

    [Fact]
    public async Task The_database_shows_the_application_the_feedback_of_its_callers_tenant_alone()
    {
        var (anna, _) = await NewTenantAsync();
        var answer = await anna.AskAsync(new() { Question = Question });
        await anna.GiveFeedbackAsync(answer.Id, OutOfDate);
        var tenant = await fixture.Api.Database.ReadAsync<int>($"SELECT tenant_id FROM feedback WHERE answer_id = '{answer.Id}'");

        Assert.Equal(0L, await CountAsync("aiapp_app", null));
        Assert.Equal(0L, await CountAsync("aiapp_app", tenant + 1_000_000));
        Assert.Equal(1L, await CountAsync("aiapp_app", tenant));
        Assert.True(await CountAsync("aiapp_worker", null) >= 1);
    }

    private async Task<long> CountAsync(string role, int? tenant)
    {
        await using var connection = await fixture.Api.Database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var become = new NpgsqlCommand($"SET LOCAL ROLE {role}", connection);
        await become.ExecuteNonQueryAsync();
        await using var tell = new NpgsqlCommand("SELECT set_config('aiapp.tenant', $1, true)", connection) { Parameters = { new() { Value = tenant?.ToString(CultureInfo.InvariantCulture) ?? "" } } };
        await tell.ExecuteNonQueryAsync();
        await using var count = new NpgsqlCommand("SELECT count(*) FROM feedback", connection);
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private static async Task AssertNotFoundAsync(Task call) =>
        Assert.Equal(ProblemCodes.NotFound, (await Assert.ThrowsAsync<AiAppException>(() => call)).Problem.Code);

    /// <summary>Two people of a new tenant that has one document.</summary>
    private async Task<(AiAppClient Anna, AiAppClient Bert)> NewTenantAsync()
    {
        var key = await fixture.Api.CreateKeyAsync($"tenant {Guid.NewGuid():N}", onBehalfOf: true);
        var (anna, bert) = (As("anna"), As("bert"));
        // Of others too: words that every text holds answer nothing.
        await anna.UploadAsync(
            [
                ("leave.md", new MemoryStream("# Annual leave\n\nFull-time employees have 28 days of annual leave a year."u8.ToArray())),
                ("parking.md", new MemoryStream("# Parking\n\nThe garage closes at ten in the evening."u8.ToArray())),
                ("canteen.md", new MemoryStream("# Canteen\n\nSoup is served from noon."u8.ToArray())),
            ],
            "handbook");
        using var worker = new TestWorker(fixture.Api.Database);
        await worker.DrainAsync();
        return (anna, bert);

        AiAppClient As(string user)
        {
            var http = fixture.Api.CreateHttp(key);
            http.DefaultRequestHeaders.Add(AiAppClient.UserHeader, user);
            return new(http);
        }
    }
}
