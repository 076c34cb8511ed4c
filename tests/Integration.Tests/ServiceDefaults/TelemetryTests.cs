using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using AiApp.Integration.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AiApp.Integration.Tests.ServiceDefaults;

/// <summary>Sources and meters belong to the process: what other tests do at the same time would be told as well.</summary>
[CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
[Collection(nameof(TelemetryTests))]
public sealed class TelemetryTests
{
    [Fact]
    public async Task Traces_metrics_and_logs_have_left_when_the_host_has_stopped()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = await StartCollectorAsync(received);
        await using (var api = await TestApi.StartAsync(settings:
            [$"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Urls.First()}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"]))
        {
            using var http = api.CreateHttp();
            await http.GetStringAsync("/api/documents/summary");
            await http.GetStringAsync("/alive");
            await api.StopAsync();
        }

        Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"], received.Keys.Order());
        Assert.Contains("GET /api/documents/summary", received["/v1/traces"], StringComparison.Ordinal);
        Assert.All(["http.route", "http.request.method", "http.response.status_code", "url.path"],
            attribute => Assert.Contains(attribute, received["/v1/traces"], StringComparison.Ordinal));
        Assert.Contains(Attribute("url.path", "/api/documents/summary"), received["/v1/traces"], StringComparison.Ordinal);
        Assert.DoesNotContain(Attribute("url.path", "/alive"), received["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", received["/v1/metrics"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callers_trace_goes_on()
    {
        await using var api = await TestApi.StartAsync();
        using var http = api.CreateHttp();
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        http.DefaultRequestHeaders.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");

        using var response = await http.GetAsync("/api/documents/0198c0de-7a11-7000-8000-00000000ffff");

        Assert.Equal(trace, (await response.ReadProblemAsync(System.Net.HttpStatusCode.NotFound, "not_found")).TraceId);
    }

    // As protobuf writes the pair.
    private static string Attribute(string key, string value) => $"{key}\u0012{(char)(value.Length + 2)}\n{(char)value.Length}{value}";

    private static async Task<WebApplication> StartCollectorAsync(ConcurrentDictionary<string, string> received)
    {
        var collector = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]).Build();
        collector.MapPost("/v1/{signal}", async (HttpRequest request) =>
        {
            using var body = new StreamReader(request.Body, Encoding.Latin1);
            var text = await body.ReadToEndAsync();
            received.AddOrUpdate(request.Path.Value!, text, (_, before) => before + text);
        });
        await collector.StartAsync();
        return collector;
    }
}
