using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiApp.Polyfills.Tests.AI;

public sealed class OpenTelemetryChatClientTests : IDisposable
{
    private static readonly double[] Seconds = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly ChatResponseUpdate[] Answer =
    [
        new(ChatRole.Assistant, "Four") { ResponseId = "r-1", ModelId = "small-1-2026" },
        new(ChatRole.Assistant, " days.") { ResponseId = "r-1", ModelId = "small-1-2026", FinishReason = ChatFinishReason.Stop },
        new(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 12, OutputTokenCount = 2, CachedInputTokenCount = 4, ReasoningTokenCount = 1 })])
        {
            ResponseId = "r-1",
        },
    ];

    private readonly TelemetryRecorder recorder = new();

    public void Dispose() => recorder.Dispose();

    [Fact]
    public async Task A_call_is_a_client_span_named_for_operation_and_model()
    {
        await Client().GetResponseAsync("How long?");
        Assert.Equal(("chat small-1", ActivityKind.Client), (recorder.Span.DisplayName, recorder.Span.Kind));
    }

    [Fact]
    public async Task The_model_of_the_request_names_the_span()
    {
        await Client().GetResponseAsync("How long?", new ChatOptions { ModelId = "large-2" });
        Assert.Equal("chat large-2", recorder.Span.DisplayName);
        Assert.Equal("large-2", recorder.Span.GetTagItem("gen_ai.request.model"));
    }

    [Fact]
    public async Task A_span_carries_the_attributes_of_request_response_and_server()
    {
        var options = new ChatOptions
        {
            ConversationId = "c-1",
            Temperature = 0.5f,
            TopP = 0.75f,
            TopK = 5,
            MaxOutputTokens = 100,
            FrequencyPenalty = 0.25f,
            PresencePenalty = 0.125f,
            Seed = 42,
            StopSequences = ["END", "STOP"],
            ResponseFormat = ChatResponseFormat.Json,
        };
        await Client().GetResponseAsync("How long?", options);
        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["gen_ai.operation.name"] = "chat",
                ["gen_ai.request.model"] = "small-1",
                ["gen_ai.provider.name"] = "stub",
                ["server.address"] = "models.test",
                ["server.port"] = 8080,
                ["gen_ai.conversation.id"] = "c-1",
                ["gen_ai.request.temperature"] = 0.5f,
                ["gen_ai.request.top_p"] = 0.75f,
                ["gen_ai.request.top_k"] = 5,
                ["gen_ai.request.max_tokens"] = 100,
                ["gen_ai.request.frequency_penalty"] = 0.25f,
                ["gen_ai.request.presence_penalty"] = 0.125f,
                ["gen_ai.request.seed"] = 42L,
                ["gen_ai.request.stop_sequences"] = "[\"END\", \"STOP\"]",
                ["gen_ai.output.type"] = "json",
                ["gen_ai.response.id"] = "r-1",
                ["gen_ai.response.model"] = "small-1-2026",
                ["gen_ai.response.finish_reasons"] = "[\"stop\"]",
                ["gen_ai.usage.input_tokens"] = 12,
                ["gen_ai.usage.output_tokens"] = 2,
                ["gen_ai.usage.cache_read.input_tokens"] = 4,
                ["gen_ai.usage.reasoning.output_tokens"] = 1,
            },
            recorder.Span.TagObjects.ToDictionary());
    }

    [Fact]
    public async Task A_streamed_call_is_one_span_with_the_whole_answers_usage()
    {
        await ReadAsync(Client());
        Assert.Equal(true, recorder.Span.GetTagItem("gen_ai.request.stream"));
        Assert.Equal(12, recorder.Span.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.IsType<double>(recorder.Span.GetTagItem("gen_ai.response.time_to_first_chunk"));
    }

    [Fact]
    public async Task Streaming_measures_the_first_chunk_and_each_one_after_it()
    {
        await ReadAsync(Client());
        var first = Assert.Single(recorder.Of("gen_ai.client.operation.time_to_first_chunk"));
        Assert.Equal("small-1-2026", first.Tags["gen_ai.response.model"]);
        Assert.Equal(2, recorder.Of("gen_ai.client.operation.time_per_output_chunk").Count());
        Assert.Single(recorder.Of("gen_ai.client.operation.duration"));
    }

    [Fact]
    public async Task Unstreamed_calls_measure_no_chunks()
    {
        await Client().GetResponseAsync("How long?");
        Assert.Empty(recorder.Of("gen_ai.client.operation.time_to_first_chunk"));
        Assert.Null(recorder.Span.GetTagItem("gen_ai.request.stream"));
    }

    [Fact]
    public async Task Token_usage_is_measured_by_type()
    {
        await Client().GetResponseAsync("How long?");
        var usage = recorder.Of("gen_ai.client.token.usage").ToDictionary(measurement => (string)measurement.Tags["gen_ai.token.type"]!);
        Assert.Equal((12, 2), (usage["input"].Value, usage["output"].Value));
        Assert.Equal("small-1", usage["input"].Tags["gen_ai.request.model"]);
        Assert.Equal("small-1-2026", usage["input"].Tags["gen_ai.response.model"]);
        Assert.Equal("stub", usage["input"].Tags["gen_ai.provider.name"]);
    }

    [Fact]
    public void Histograms_have_the_buckets_of_the_conventions()
    {
        using var client = Client();
        Assert.Equal(Seconds, Histogram<double>("gen_ai.client.operation.duration", "s"));
        Assert.Equal(Seconds, Histogram<double>("gen_ai.client.operation.time_to_first_chunk", "s"));
        Assert.Equal(Seconds, Histogram<double>("gen_ai.client.operation.time_per_output_chunk", "s"));
        Assert.Equal(
            [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864],
            Histogram<int>("gen_ai.client.token.usage", "{token}"));
    }

    [Fact]
    public async Task A_failure_marks_the_span_and_the_duration_with_its_type()
    {
        var client = Client(new StubChatClient { Failure = new TimeoutException("too slow") });
        await Assert.ThrowsAsync<TimeoutException>(() => client.GetResponseAsync("How long?"));
        Assert.Equal((ActivityStatusCode.Error, "too slow"), (recorder.Span.Status, recorder.Span.StatusDescription));
        Assert.Equal("System.TimeoutException", recorder.Span.GetTagItem("error.type"));
        Assert.Equal("System.TimeoutException", Assert.Single(recorder.Of("gen_ai.client.operation.duration")).Tags["error.type"]);
    }

    [Fact]
    public async Task A_failure_is_logged_under_the_name_of_the_conventions()
    {
        using var logs = new LogRecorder();
        var client = new StubChatClient { Failure = new TimeoutException("too slow") }.AsBuilder().UseOpenTelemetry(logs, recorder.Name).Build();
        await Assert.ThrowsAsync<TimeoutException>(() => client.GetResponseAsync("How long?"));
        Assert.Equal("gen_ai.client.operation.exception", Assert.Single(logs.EventNames));
    }

    [Fact]
    public async Task A_failure_in_mid_stream_keeps_what_had_arrived()
    {
        var client = Client(new StubChatClient(Answer[0]) { Failure = new IOException("cut") });
        await Assert.ThrowsAsync<IOException>(() => ReadAsync(client));
        Assert.Equal(ActivityStatusCode.Error, recorder.Span.Status);
        Assert.Equal("r-1", recorder.Span.GetTagItem("gen_ai.response.id"));
    }

    [Fact]
    public async Task A_reader_that_stops_early_ends_the_span_without_an_error()
    {
        await foreach (var _ in Client().GetStreamingResponseAsync("How long?"))
        {
            break;
        }

        Assert.Equal(ActivityStatusCode.Unset, recorder.Span.Status);
    }

    [Fact]
    public async Task Messages_stay_out_of_spans_unless_asked_for()
    {
        await Client().GetResponseAsync("How long?");
        Assert.DoesNotContain(recorder.Span.TagObjects, tag => tag.Key.EndsWith(".messages", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Messages_are_json_of_roles_and_parts_when_asked_for()
    {
        var client = Client(configure: otel => otel.EnableSensitiveData = true);
        ChatMessage[] messages = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "How long, in <days>?")];
        await client.GetResponseAsync(messages, new ChatOptions { Instructions = "Cite." });
        Assert.Equal("""[{"type":"text","content":"Cite."}]""", Compact("gen_ai.system_instructions"));
        Assert.Equal(
            """[{"role":"system","parts":[{"type":"text","content":"Be brief."}]},{"role":"user","parts":[{"type":"text","content":"How long, in <days>?"}]}]""",
            Compact("gen_ai.input.messages"));
        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"text","content":"Four days."}],"finish_reason":"stop"}]""",
            Compact("gen_ai.output.messages"));
    }

    [Fact]
    public async Task The_default_source_is_the_packages_own()
    {
        using var defaults = new TelemetryRecorder("Experimental.Microsoft.Extensions.AI");
        await new StubChatClient(Answer).AsBuilder().UseOpenTelemetry().Build()
            .GetResponseAsync("How long?", new ChatOptions { ModelId = "only-here" });
        Assert.Contains(defaults.Spans, span => span.DisplayName == "chat only-here");
    }

    private static async Task ReadAsync(IChatClient client)
    {
        await foreach (var _ in client.GetStreamingResponseAsync("How long?"))
        {
        }
    }

    private IChatClient Client(StubChatClient? stub = null, Action<OpenTelemetryChatClient>? configure = null) =>
        (stub ?? new StubChatClient(Answer)).AsBuilder().UseOpenTelemetry(sourceName: recorder.Name, configure: configure).Build();

    private IReadOnlyList<T>? Histogram<T>(string name, string unit)
        where T : struct
    {
        var histogram = Assert.IsType<Histogram<T>>(recorder.Instruments[name]);
        Assert.Equal(unit, histogram.Unit);
        return histogram.Advice?.HistogramBucketBoundaries;
    }

    private string Compact(string tag)
    {
        using var json = JsonDocument.Parse((string)recorder.Span.GetTagItem(tag)!);
        return JsonSerializer.Serialize(json, Unescaped);
    }
}
