using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace AiApp.Integration.Tests.Auth;

public sealed class AuthTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const string Pepper = "--ApiKeys:Pepper=a pepper for tests that is long enough";
    private const string WebKey = "a secret that only Web and the Api have";

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "localhost.evil.example")]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("X-Forwarded-Host", "aiapp.example")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Authorization", "Bearer aia_nonsense")]
    [InlineData("Authorization", "Basic YTpi")]
    public async Task Without_a_key_nothing_but_this_machine_is_served(string header, string value)
    {
        using var http = fixture.Api.CreateHttp();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/documents/summary");
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await http.SendAsync(request);

        await response.ReadProblemAsync(HttpStatusCode.Unauthorized, ProblemCodes.Auth);
        Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("api.localhost")]
    public async Task A_developer_on_this_machine_needs_no_key(string host)
    {
        using var http = fixture.Api.CreateHttp();
        http.DefaultRequestHeaders.Host = host;

        using var response = await http.GetAsync("/api/documents/summary");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_key_opens_from_anywhere_until_it_is_revoked()
    {
        var key = await fixture.Api.CreateKeyAsync();
        using var http = fixture.Api.CreateHttp(key);
        http.DefaultRequestHeaders.Host = "aiapp.example";

        using var before = await http.GetAsync("/api/documents/summary");
        await Keys.KeysCommandTests.RunAsync(fixture.Api.Database, "revoke", key[4..16]);
        using var after = await http.GetAsync("/api/documents/summary");

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        await after.ReadProblemAsync(HttpStatusCode.Unauthorized, ProblemCodes.Auth);
    }

    [Fact]
    public async Task A_key_with_another_secret_is_refused()
    {
        var (mine, stranger) = (await fixture.Api.CreateKeyAsync(), Api.Auth.ApiKeyText.Create().Text);
        var mixed = mine[..16] + stranger[16..60];
        using var forged = fixture.Api.CreateHttp(mixed + "_00000000");
        using var unknown = fixture.Api.CreateHttp(stranger);

        using var badChecksum = await forged.GetAsync("/api/documents/summary");
        using var badKey = await unknown.GetAsync("/api/documents/summary");

        await badChecksum.ReadProblemAsync(HttpStatusCode.Unauthorized, ProblemCodes.Auth);
        await badKey.ReadProblemAsync(HttpStatusCode.Unauthorized, ProblemCodes.Auth);
    }

    [Fact]
    public async Task Production_serves_nobody_without_a_key_and_probes_everybody()
    {
        await using var api = await TestApi.StartAsync("Production", settings: Pepper);
        using var http = api.CreateHttp();

        foreach (var closed in new[] { "/api/documents", "/openapi/v1.json", "/swagger/index.html", "/api/unknown", "/unknown" })
        {
            using var response = await http.GetAsync(closed);
            await response.ReadProblemAsync(HttpStatusCode.Unauthorized, ProblemCodes.Auth);
        }
        await http.ExpectHealthyAsync();
        foreach (var open in new[] { "/health", "/alive", "/problems", "/problems/auth" })
        {
            using var response = await http.GetAsync(open);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
        Assert.Equal("Healthy", await http.GetStringAsync("/health"));
        using var withKey = api.CreateHttp(await api.CreateKeyAsync());
        using var document = await withKey.GetAsync("/openapi/v1.json");
        Assert.Equal(HttpStatusCode.OK, document.StatusCode);
    }

    [Theory]
    [InlineData("--ApiKeys:Pepper=", "ApiKeys__Pepper")]
    [InlineData("--ApiKeys:Pepper=short", "ApiKeys__Pepper")]
    [InlineData("--ApiKeys:Web=short", "ApiKeys__Web")]
    public async Task Production_does_not_start_with_weak_secrets_and_says_what_to_set(string setting, string advice)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => TestApi.StartAsync("Production", settings: [Pepper, setting]));

        Assert.Contains(advice, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_may_act_for_a_person_does()
    {
        using var http = fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync($"tenant {Guid.NewGuid():N}", onBehalfOf: true));
        http.DefaultRequestHeaders.Add(AiAppClient.UserHeader, "ada");

        using var response = await http.PostAsJsonAsync("/api/ask", new AskRequest { Question = "Anything?" });

        var answer = (await response.Content.ReadFromJsonAsync<AnswerDto>())!;
        Assert.Equal("ada", await fixture.Api.Database.ReadAsync<string>($"SELECT asked_by FROM answer WHERE answer_id = '{answer.Id}'"));
    }

    [Theory]
    [InlineData(AiAppClient.UserHeader, "ada")]
    [InlineData(AiAppClient.GroupsHeader, "hr")]
    public async Task A_key_that_may_not_act_for_a_person_is_refused_when_it_tries(string header, string value)
    {
        using var http = fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync($"tenant {Guid.NewGuid():N}"));
        http.DefaultRequestHeaders.Add(header, value);

        using var response = await http.GetAsync("/api/documents");

        var problem = await response.ReadProblemAsync(HttpStatusCode.Forbidden, ProblemCodes.Forbidden);
        Assert.Contains("--on-behalf-of", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b", null, AiAppClient.UserHeader)]
    [InlineData(null, "hr", AiAppClient.GroupsHeader)]
    [InlineData("ada", "LONG", AiAppClient.GroupsHeader)]
    [InlineData("ada", "MANY", AiAppClient.GroupsHeader)]
    public async Task A_person_that_cannot_be_one_is_refused_by_the_name_of_the_header(string? user, string? groups, string header)
    {
        using var http = fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync($"tenant {Guid.NewGuid():N}", onBehalfOf: true));
        http.DefaultRequestHeaders.Add(AiAppClient.UserHeader, user is null ? [] : [user]);
        http.DefaultRequestHeaders.Add(AiAppClient.GroupsHeader, groups switch
        {
            null => [],
            "LONG" => [new string('g', 200)],
            "MANY" => [string.Join(',', Enumerable.Range(0, 201))],
            _ => [groups],
        });

        using var response = await http.GetAsync("/api/documents");

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.Validation);
        Assert.Equal([header], problem.Errors!.Keys);
    }

    [Fact]
    public async Task Webs_own_key_needs_no_row_and_may_act_for_a_person()
    {
        await using var api = await TestApi.StartAsync("Production", settings: [Pepper, $"--ApiKeys:Web={WebKey}"]);
        using var http = api.CreateHttp(WebKey);
        http.DefaultRequestHeaders.Add(AiAppClient.UserHeader, "grace");

        var answer = await new AiAppClient(http).AskAsync(new AskRequest { Question = "Anything?" });

        Assert.Equal("grace", await api.Database.ReadAsync<string>($"SELECT asked_by FROM answer WHERE answer_id = '{answer.Id}'"));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", WebKey + "x");
        using var refused = await http.GetAsync("/api/documents");
        await refused.ReadProblemAsync(HttpStatusCode.Unauthorized, ProblemCodes.Auth);
    }

    [Fact]
    public async Task Use_of_a_key_is_recorded_at_most_once_a_minute()
    {
        var key = await fixture.Api.CreateKeyAsync();
        using var http = fixture.Api.CreateHttp(key);
        var read = $"SELECT last_used_at FROM api_key WHERE api_key_id = '{key[4..16]}'";

        await http.GetStringAsync("/api/documents/summary");
        var first = await fixture.Api.Database.ReadAsync<DateTime>(read);
        await http.GetStringAsync("/api/documents/summary");

        Assert.Equal(first, await fixture.Api.Database.ReadAsync<DateTime>(read));
    }
}
