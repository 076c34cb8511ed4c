using System.Net;
using System.Net.Http.Json;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using Npgsql;

namespace AiApp.Integration.Tests.Outages;

public sealed class DatabaseOutageTests
{
    private static readonly AskRequest Question = new() { Question = "Is anybody there?" };

    [Fact]
    public async Task An_outage_is_told_as_one_and_ends_without_a_restart()
    {
        var server = new NpgsqlConnectionStringBuilder(TestServers.Postgres);
        await using var proxy = new TcpProxy(server.Host!, server.Port);
        var through = new NpgsqlConnectionStringBuilder(TestServers.Postgres) { Host = "127.0.0.1", Port = proxy.Port, Database = "{database}" };
        await using var api = await TestApi.StartAsync(postgres: through.ConnectionString);
        using var http = api.CreateHttp();
        await http.ExpectHealthyAsync();

        await proxy.CutAsync();

        foreach (var address in new[] { "/api/documents", "/api/documents/summary", "/api/answers/0198c0de-7a11-7000-8000-00000000ffff" })
        {
            using var response = await http.GetAsync(address);
            Assert.True((await response.ReadProblemAsync(HttpStatusCode.ServiceUnavailable, ProblemCodes.DatabaseUnavailable)).Retryable);
            Assert.NotNull(response.Headers.RetryAfter);
        }
        using var asked = await http.PostAsJsonAsync("/api/ask", Question);
        await asked.ReadProblemAsync(HttpStatusCode.ServiceUnavailable, ProblemCodes.DatabaseUnavailable);
        Assert.Equal(ProblemCodes.DatabaseUnavailable, (await StreamAsync(http)).Code);
        using var keyed = api.CreateHttp(Api.Auth.ApiKeyText.Create().Text);
        using var unknown = await keyed.GetAsync("/api/documents");
        await unknown.ReadProblemAsync(HttpStatusCode.ServiceUnavailable, ProblemCodes.DatabaseUnavailable);
        using var ready = await http.GetAsync("/health");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), (ready.StatusCode, await ready.Content.ReadAsStringAsync()));
        Assert.Equal("Healthy", await http.GetStringAsync("/alive"));

        proxy.Restore();

        await http.ExpectHealthyAsync();
        using var again = await http.PostAsJsonAsync("/api/ask", Question);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task Connections_ended_by_the_server_are_replaced()
    {
        await using var api = await TestApi.StartAsync();
        using var http = api.CreateHttp();
        await http.GetStringAsync("/api/documents/summary");

        await api.Database.ReadAsync<long>(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        // The first request may meet the dead connection; it says so, and the next one meets a new one.
        using var first = await http.GetAsync("/api/documents/summary");
        Assert.Contains(first.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable });
        using var second = await http.GetAsync("/api/documents/summary");
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    private static async Task<ProblemDto> StreamAsync(HttpClient http)
    {
        await foreach (var item in new AiAppClient(http).AskStreamingAsync(Question))
        {
            if (item is ErrorEvent error)
            {
                return error.Problem;
            }
        }
        throw new InvalidOperationException("The stream ended without an error.");
    }
}
