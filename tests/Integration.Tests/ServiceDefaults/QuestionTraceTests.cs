using System.Collections.Concurrent;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AiApp.Integration.Tests.ServiceDefaults;

/// <summary>One question as a collector sees it over OTLP, beside the answer that was given.</summary>
[Collection(nameof(TelemetryTests))]
public sealed class QuestionTraceTests : IAsyncLifetime
{
    private readonly ConcurrentBag<(string Signal, Protobuf Message)> _received = [];
    private AnswerDto _answer = null!;

    private List<Protobuf> Spans => [.. _received.Where(one => one.Signal == "/v1/traces").SelectMany(one => one.Message.Messages(1, 2, 2))];

    private List<Protobuf> Logs => [.. _received.Where(one => one.Signal == "/v1/logs").SelectMany(one => one.Message.Messages(1, 2, 2))];

    private List<Protobuf> Metrics => [.. _received.Where(one => one.Signal == "/v1/metrics").SelectMany(one => one.Message.Messages(1, 2, 2))];

    public async Task InitializeAsync()
    {
        await using var collector = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]).Build();
        collector.MapPost("/v1/{signal}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            _received.Add((request.Path.Value!, new Protobuf(body.ToArray())));
        });
        await collector.StartAsync();
        await using var server = await ModelServer.StartAsync();
        await using var api = await TestApi.StartAsync(settings:
        [
            $"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Urls.First()}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            "--Models:Provider=openai", $"--Models:OpenAI:Endpoint={server.Endpoint}", "--Models:OpenAI:ApiKey=none", "--Models:OpenAI:ChatModel=marten-1",
            "--Models:Chat:marten-1:Provider=openai", "--Models:Chat:marten-1:Prices:0:Version=test", "--Models:Chat:marten-1:Prices:0:Input=1",
            "--Models:Chat:marten-1:Prices:0:Output=4",
        ]);
        var client = await api.CreateClientAsync();
        await client.UploadAsync([("leave.md", new MemoryStream("# Annual leave\n\nFull-time employees have 28 days of annual leave a year."u8.ToArray()))]);
        using (var worker = new TestWorker(api.Database))
        {
            await worker.DrainAsync();
        }
        var events = await client.AskStreamingAsync(new() { Question = "How many days of annual leave do full-time employees have?" }).ToListAsync();
        _answer = Assert.IsType<DoneEvent>(events[^1]).Answer;
        await api.StopAsync();
        await collector.StopAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void Every_stage_of_the_question_is_a_span_of_its_trace()
    {
        var question = Spans.Single(span => span.Text(5) == "aiapp.answer");
        var names = Spans.Where(span => span.Text(1) == question.Text(1)).Select(span => span.Text(5)).ToHashSet();

        Assert.Superset(
            new HashSet<string> { "aiapp.answer", "retrieval all", "aiapp.embed", "aiapp.vector", "aiapp.lexical", "aiapp.write", "chat marten-1", "embeddings local-hashed-1" },
            names);
    }

    [Fact]
    public void The_span_of_the_model_has_the_names_and_the_tokens_of_the_convention()
    {
        var span = Spans.Single(span => span.Text(5) == "chat marten-1");
        var attributes = span.Attributes(9);

        Assert.Equal(3UL, span.Number(6));
        Assert.Equal(
            ("chat", "openai", "marten-1", $"{_answer.Usage.InputTokens}", $"{_answer.Usage.OutputTokens}"),
            (attributes["gen_ai.operation.name"], attributes["gen_ai.provider.name"], attributes["gen_ai.request.model"], attributes["gen_ai.usage.input_tokens"], attributes["gen_ai.usage.output_tokens"]));
        Assert.DoesNotContain(attributes.Keys, key => key is "gen_ai.input.messages" or "gen_ai.output.messages" or "gen_ai.system_instructions");
    }

    [Fact]
    public void What_was_measured_about_the_answer_is_an_event_at_the_span_of_the_model()
    {
        var span = Spans.Single(span => span.Text(5) == "chat marten-1");
        var events = Logs.Where(record => record.Text(12) == "gen_ai.evaluation.result").ToDictionary(record => record.Attributes(6)["gen_ai.evaluation.name"]);

        Assert.Equal(["aiapp.citations", "aiapp.grounded"], events.Keys.Order());
        Assert.All(events.Values, record => Assert.Equal((span.Bytes(1), span.Bytes(2)), (record.Bytes(9), record.Bytes(10))));
        Assert.All(events.Values, record => Assert.Equal(
            ("gen_ai.evaluation.result", span.Attributes(9)["gen_ai.response.id"]), (record.Attributes(6)["event.name"], record.Attributes(6)["gen_ai.response.id"])));
        Assert.Equal([("1", "all"), ("1", "answered")], events.OrderBy(pair => pair.Key).Select(pair => pair.Value.Attributes(6)).Select(
            attributes => (attributes["gen_ai.evaluation.score.value"], attributes["gen_ai.evaluation.score.label"])));
        var told = string.Concat(events.Values.Select(record => $"{record.Messages(5).First().Text(1)} {string.Join(' ', record.Attributes(6).Values)}"));
        Assert.DoesNotContain("leave", told, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(events.Values.SelectMany(record => record.Attributes(6).Keys), key => key == "aiapp.evaluated_span_id");
    }

    [Fact]
    public void The_metrics_of_tokens_and_cost_are_those_of_the_answer()
    {
        var tokens = Metrics.Where(metric => metric.Text(1) == "gen_ai.client.token.usage").SelectMany(metric => metric.Messages(9, 1))
            .Where(point => point.Attributes(9).GetValueOrDefault("gen_ai.request.model") == "marten-1")
            .ToDictionary(point => point.Attributes(9)["gen_ai.token.type"], point => point.Double(5));
        var cost = Metrics.Where(metric => metric.Text(1) == "aiapp.model.cost").SelectMany(metric => metric.Messages(7, 1)).Single();

        Assert.Equal((_answer.Usage.InputTokens, _answer.Usage.OutputTokens), ((int)tokens["input"], (int)tokens["output"]));
        Assert.Equal((double)_answer.Usage.CostDollars, cost.Double(4), 12);
        Assert.True(_answer.Usage.CostDollars > 0);
    }

    [Fact]
    public void Durations_are_counted_in_the_buckets_of_the_convention()
    {
        var duration = Metrics.First(metric => metric.Text(1) == "gen_ai.client.operation.duration").Messages(9, 1).First();

        Assert.Equal("s", Metrics.First(metric => metric.Text(1) == "gen_ai.client.operation.duration").Text(3));
        Assert.NotEqual(0UL, duration.Number(4));
        Assert.Contains("gen_ai.client.operation.time_to_first_chunk", Metrics.Select(metric => metric.Text(1)));
    }
}
