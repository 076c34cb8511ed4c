using System.Net;
using System.Net.Http.Headers;
using AiApp.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Integration.Tests.ServiceDefaults;

public sealed class ResilientHttpTests
{
    [Theory]
    [InlineData("GET", HttpStatusCode.ServiceUnavailable, 3)]
    [InlineData("GET", HttpStatusCode.TooManyRequests, 3)]
    [InlineData("DELETE", HttpStatusCode.BadGateway, 3)]
    [InlineData("PUT", HttpStatusCode.BadGateway, 3)]
    [InlineData("GET", HttpStatusCode.InternalServerError, 1)]
    [InlineData("GET", HttpStatusCode.NotFound, 1)]
    [InlineData("POST", HttpStatusCode.ServiceUnavailable, 1)]
    public async Task Only_what_is_safe_to_repeat_is_repeated(string method, HttpStatusCode status, int attempts)
    {
        var (server, http) = Create((_, _) => Task.FromResult(new HttpResponseMessage(status)));

        using var response = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), "http://api/"));

        Assert.Equal((status, attempts), (response.StatusCode, server.Attempts));
    }

    [Fact]
    public async Task A_connection_never_made_is_tried_again_for_any_method()
    {
        var (server, http) = Create((attempt, _) => attempt == 1
            ? throw new HttpRequestException(HttpRequestError.ConnectionError)
            : Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)));

        using var response = await http.PostAsync("http://api/", new StringContent("body"));

        Assert.Equal((HttpStatusCode.OK, 2), (response.StatusCode, server.Attempts));
    }

    [Fact]
    public async Task A_wait_that_the_server_asks_for_is_kept_and_a_long_one_left_to_the_caller()
    {
        var (server, http) = Create((attempt, _) => Task.FromResult(Busy(attempt == 1 ? TimeSpan.FromMilliseconds(1_000) : TimeSpan.FromMinutes(5))));
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();

        using var response = await http.GetAsync("http://api/");

        Assert.Equal(2, server.Attempts);
        Assert.True(clock.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(950));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up()
    {
        var (server, http) = Create(async (_, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            throw new InvalidOperationException();
        });

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("http://api/"));

        Assert.Equal(3, server.Attempts);
    }

    [Fact]
    public async Task A_replacement_may_take_longer_than_an_attempt()
    {
        var (server, http) = Create(async (_, ct) =>
        {
            using var late = new CancellationTokenSource(TimeSpan.FromMilliseconds(600));
            await using var passed = ct.Register(late.Cancel);
            await Task.Delay(Timeout.Infinite, late.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ct.ThrowIfCancellationRequested();
            return new(HttpStatusCode.OK);
        });

        using var response = await http.PutAsync("http://api/", new StringContent("body"));

        Assert.Equal((HttpStatusCode.OK, 1), (response.StatusCode, server.Attempts));
    }

    private static HttpResponseMessage Busy(TimeSpan wait) =>
        new(HttpStatusCode.ServiceUnavailable) { Headers = { RetryAfter = new RetryConditionHeaderValue(wait) } };

    private static (Server Server, HttpClient Http) Create(Func<int, CancellationToken, Task<HttpResponseMessage>> respond)
    {
        var server = new Server(respond);
        var services = new ServiceCollection();
        services.AddResilientHttpClient("api", (_, _) => { }, new() { MaxRetries = 2, AttemptTimeout = TimeSpan.FromMilliseconds(200) })
            .ConfigurePrimaryHttpMessageHandler(() => server);
        return (server, services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient("api"));
    }

    private sealed class Server(Func<int, CancellationToken, Task<HttpResponseMessage>> respond) : HttpMessageHandler
    {
        public int Attempts { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            respond(++Attempts, cancellationToken);
    }
}
