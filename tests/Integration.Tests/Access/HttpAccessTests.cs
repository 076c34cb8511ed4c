using System.Net;
using System.Text;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;

namespace AiApp.Integration.Tests.Access;

public sealed class HttpAccessTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_key_reads_what_its_principals_may_until_the_next_request_after_they_may_not()
    {
        var tenant = $"tenant {Guid.NewGuid():N}";
        var hr = new AiAppClient(fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync(tenant, principals: ["group:hr", "group:board"])));
        var board = new AiAppClient(fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync(tenant, principals: "group:board")));
        var id = (await hr.UploadAsync([File("pay.md")], null, ["group:hr", "group:board"])).Files[0].DocumentId!.Value;

        var seen = await board.GetDocumentAsync(id);
        var changed = await hr.SetReadersAsync(id, ["group:hr"]);
        var gone = await Assert.ThrowsAsync<AiAppException>(() => board.GetDocumentAsync(id));

        Assert.Equal(["group:board", "group:hr"], seen.Readers);
        Assert.Equal(["group:hr"], changed.Readers);
        Assert.Equal(ProblemCodes.NotFound, gone.Problem.Code);
        Assert.Equal((0, 1), ((await board.GetDocumentSummaryAsync()).Waiting, (await hr.GetDocumentSummaryAsync()).Waiting));
    }

    [Fact]
    public async Task A_document_that_may_not_be_read_is_answered_exactly_as_an_absent_one()
    {
        var tenant = $"tenant {Guid.NewGuid():N}";
        var owner = new AiAppClient(fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync(tenant, principals: "group:hr")));
        var hidden = (await owner.UploadAsync([File("pay.md")], null, ["group:hr"])).Files[0].DocumentId!.Value;
        using var stranger = fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync(tenant));

        foreach (var (method, path) in new[] { ("GET", ""), ("GET", "/text"), ("DELETE", ""), ("POST", "/retry") })
        {
            Assert.Equal(await SendAsync(stranger, method, $"/api/documents/{Guid.NewGuid()}{path}"), await SendAsync(stranger, method, $"/api/documents/{hidden}{path}"));
        }
        var set = await Assert.ThrowsAsync<AiAppException>(() => new AiAppClient(stranger).SetReadersAsync(hidden, ["everyone"]));
        Assert.Equal(ProblemCodes.NotFound, set.Problem.Code);
    }

    [Fact]
    public async Task A_taken_path_is_a_conflict_that_tells_nothing_of_the_document()
    {
        var tenant = $"tenant {Guid.NewGuid():N}";
        var owner = new AiAppClient(fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync(tenant, principals: "group:hr")));
        await owner.UploadAsync([File("pay.md")], null, ["group:hr"]);
        var stranger = new AiAppClient(fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync(tenant)));

        var result = await stranger.UploadAsync([File("pay.md"), File("mine.md")]);

        var rejected = result.Files[0];
        Assert.Equal(("rejected", ProblemCodes.Conflict, null), (rejected.Outcome, rejected.Problem!.Code, rejected.DocumentId));
        Assert.Equal("accepted", result.Files[1].Outcome);
    }

    [Fact]
    public async Task A_person_sees_what_the_headers_say_and_nothing_of_the_key_that_acts_for_it()
    {
        var tenant = $"tenant {Guid.NewGuid():N}";
        var owner = new AiAppClient(fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync(tenant, principals: ["group:hr", "group:web"])));
        var hr = (await owner.UploadAsync([File("hr.md")], null, ["group:hr"])).Files[0].DocumentId!.Value;
        var web = (await owner.UploadAsync([File("web.md")], null, ["group:web"])).Files[0].DocumentId!.Value;
        using var http = fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync(tenant, onBehalfOf: true, "group:web"));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (await StatusAsync(http, hr), await StatusAsync(http, web)));
        http.DefaultRequestHeaders.Add(AiAppClient.UserHeader, "anna");
        http.DefaultRequestHeaders.Add(AiAppClient.GroupsHeader, "sales, hr");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (await StatusAsync(http, hr), await StatusAsync(http, web)));
    }

    [Theory]
    [InlineData("hr")]
    [InlineData("HR:x")]
    [InlineData("group:")]
    [InlineData("group:a,b")]
    [InlineData("group:of others")]
    [InlineData()]
    public async Task Readers_that_are_none_or_leave_the_caller_out_are_refused_by_name(params string[] principals)
    {
        var client = await fixture.Api.CreateClientAsync();
        var id = (await client.UploadAsync([File("a.md")])).Files[0].DocumentId!.Value;

        var refusal = await Assert.ThrowsAsync<AiAppException>(() => client.SetReadersAsync(id, principals));

        Assert.Equal(ProblemCodes.Validation, refusal.Problem.Code);
        Assert.Equal(["readers"], refusal.Problem.Errors!.Keys);
    }

    [Fact]
    public async Task An_answer_is_read_again_by_who_asked_for_it_while_its_documents_may_be_read()
    {
        var tenant = $"tenant {Guid.NewGuid():N}";
        var owner = new AiAppClient(fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync(tenant, principals: "group:hr")));
        using var http = fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync(tenant, onBehalfOf: true));
        http.DefaultRequestHeaders.Add(AiAppClient.UserHeader, "anna");
        using var colleague = fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync(tenant, onBehalfOf: true));
        colleague.DefaultRequestHeaders.Add(AiAppClient.UserHeader, "bob");
        var anna = new AiAppClient(http);
        var id = (await owner.UploadAsync([File("a.md")])).Files[0].DocumentId!.Value;
        using (var worker = new TestWorker(fixture.Api.Database))
        {
            await worker.DrainAsync();
        }

        var answer = await anna.AskAsync(new() { Question = "When is the safe opened?" });
        Assert.Equal(AnswerOutcomes.Answered, answer.Outcome);
        Assert.Equal(answer.Text, (await anna.GetAnswerAsync(answer.Id)).Text);
        await Assert.ThrowsAsync<AiAppException>(() => new AiAppClient(colleague).GetAnswerAsync(answer.Id));

        await owner.SetReadersAsync(id, ["group:hr"]);
        await Assert.ThrowsAsync<AiAppException>(() => anna.GetAnswerAsync(answer.Id));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, Guid id)
    {
        using var response = await http.GetAsync($"/api/documents/{id}");
        return response.StatusCode;
    }

    private static async Task<(HttpStatusCode, string?)> SendAsync(HttpClient http, string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), path);
        using var response = await http.SendAsync(request);
        return (response.StatusCode, (await response.ReadProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound)).Detail);
    }

    private static (string Name, Stream Content) File(string name) =>
        (name, new MemoryStream(Encoding.UTF8.GetBytes($"# {name}\n\nThe safe is opened at nine o'clock.")));
}
