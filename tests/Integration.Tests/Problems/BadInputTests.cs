using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;

namespace AiApp.Integration.Tests.Problems;

public sealed class BadInputTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly HttpClient _http = fixture.Api.CreateHttp();

    [Theory]
    [InlineData("""{"question":""}""", "question")]
    [InlineData("""{"question":"  \n"}""", "question")]
    [InlineData("""{"question":null}""", "question")]
    [InlineData("{}", "question")]
    [InlineData("""{"question":7}""", "question")]
    [InlineData("""{"question":"a","collection":""}""", "collection")]
    [InlineData("""{"question":"a\u0000b"}""", "question")]
    [InlineData("""{"question":"a\ud800b"}""", "question")]
    [InlineData("""{"question":"a" """, "$")]
    [InlineData("not json", "$")]
    public async Task A_question_that_is_none_is_refused_and_the_field_named(string body, string field)
    {
        using var response = await PostJsonAsync("/api/ask", body);

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.Validation);
        Assert.Contains(field, problem.Errors!.Keys);
    }

    [Fact]
    public async Task A_wrong_json_body_is_told_where_it_is_wrong()
    {
        using var response = await PostJsonAsync("/api/ask", "{\n  \"question\": oops\n}");

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.Validation);
        Assert.Contains("line 2", problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("oops", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_refused()
    {
        using var content = new ByteArrayContent([.. "{\"question\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var response = await _http.PostAsync("/api/ask", content);

        await response.ReadProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.Validation);
    }

    [Theory]
    [InlineData(8_001)]
    [InlineData(60_000)]
    [InlineData(1_000_000)]
    [InlineData(20_000_000)]
    public async Task A_question_that_is_too_long_is_answered_not_cut_off(int length)
    {
        using var response = await _http.PostAsJsonAsync("/api/ask", new AskRequest { Question = new string('a', length) });

        await response.ReadProblemAsync(HttpStatusCode.RequestEntityTooLarge, ProblemCodes.TooLarge);
    }

    [Fact]
    public async Task The_longest_question_is_taken()
    {
        using var response = await _http.PostAsJsonAsync("/api/ask", new AskRequest { Question = new string('ä', 8_000) });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Another_content_type_than_json_is_not_read()
    {
        using var response = await _http.PostAsync("/api/ask", new StringContent("question", Encoding.UTF8, "text/plain"));

        await response.ReadProblemAsync(HttpStatusCode.UnsupportedMediaType, ProblemCodes.UnsupportedMedia);
    }

    [Theory]
    [InlineData("/api/documents?limit=0")]
    [InlineData("/api/documents?limit=501")]
    [InlineData("/api/documents?limit=many")]
    [InlineData("/api/documents?status=lost")]
    public async Task A_list_refuses_parameters_it_does_not_know(string address)
    {
        using var response = await _http.GetAsync(address);

        await response.ReadProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.Validation);
    }

    [Theory]
    [InlineData("/api/documents?cursor=%00%ff&limit=5")]
    [InlineData("/api/documents?cursor=nonsense")]
    public async Task An_unreadable_cursor_begins_anew(string address)
    {
        using var response = await _http.GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/documents/0198c0de-7a11-7000-8000-00000000ffff")]
    [InlineData("GET", "/api/documents/0198c0de-7a11-7000-8000-00000000ffff/text")]
    [InlineData("GET", "/api/documents/0198c0de-7a11-7000-8000-00000000ffff/text?version=9")]
    [InlineData("DELETE", "/api/documents/0198c0de-7a11-7000-8000-00000000ffff")]
    [InlineData("POST", "/api/documents/0198c0de-7a11-7000-8000-00000000ffff/retry")]
    [InlineData("GET", "/api/answers/0198c0de-7a11-7000-8000-00000000ffff")]
    [InlineData("GET", "/api/documents/not-an-id")]
    [InlineData("GET", "/api/nothing-of-the-kind")]
    [InlineData("GET", "/problems/unheard_of")]
    public async Task What_is_not_there_is_not_found(string method, string address)
    {
        using var response = await _http.SendAsync(new HttpRequestMessage(new HttpMethod(method), address));

        await response.ReadProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
    }

    [Fact]
    public async Task Another_method_is_told_which_are_possible()
    {
        using var response = await _http.PutAsync("/api/ask", null);

        await response.ReadProblemAsync(HttpStatusCode.MethodNotAllowed, ProblemCodes.Validation);
        Assert.Contains("POST", response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Each_problem_type_leads_to_a_page_that_explains_it()
    {
        foreach (var code in typeof(ProblemCodes).GetFields().Select(field => (string)field.GetValue(null)!))
        {
            using var response = await _http.GetAsync($"/problems/{code}");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_request_id_comes_back_and_an_insane_one_does_not()
    {
        using var sane = new HttpRequestMessage(HttpMethod.Get, "/alive") { Headers = { { "X-Request-Id", "abc-123" } } };
        using var insane = new HttpRequestMessage(HttpMethod.Get, "/alive") { Headers = { { "X-Request-Id", "<script>" } } };

        using var kept = await _http.SendAsync(sane);
        using var replaced = await _http.SendAsync(insane);

        Assert.Equal("abc-123", Assert.Single(kept.Headers.GetValues("X-Request-Id")));
        Assert.Matches("^[0-9a-f]{32}$", Assert.Single(replaced.Headers.GetValues("X-Request-Id")));
        Assert.False(kept.Headers.Contains("Server"));
    }

    private Task<HttpResponseMessage> PostJsonAsync(string address, string body) =>
        _http.PostAsync(address, new StringContent(body, Encoding.UTF8, "application/json"));
}
