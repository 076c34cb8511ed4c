using System.ClientModel;
using System.Text.Json;
using AiApp.Testing;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatResponseFormat = Microsoft.Extensions.AI.ChatResponseFormat;

namespace AiApp.Polyfills.Tests.AI;

#pragma warning disable CA1001 // xunit disposes through IAsyncLifetime
public sealed class OpenAIChatClientTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private ModelServer server = null!;

    private JsonElement Sent => Assert.Single(server.Calls).Body;

    public async Task InitializeAsync() => server = await ModelServer.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task An_answer_carries_text_usage_and_identity()
    {
        var response = await server.Chat().GetResponseAsync("Hello there");
        Assert.Equal("A scripted answer.", response.Text);
        Assert.Equal(("chatcmpl-1", "scripted"), (response.ResponseId, response.ModelId));
        Assert.Equal(Microsoft.Extensions.AI.ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal((2L, 3L, 5L), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount));
        Assert.Equal(ChatRole.Assistant, Assert.Single(response.Messages).Role);
    }

    [Fact]
    public async Task Roles_and_texts_are_sent_in_order_with_the_instructions_first()
    {
        ChatMessage[] messages = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "One?"), new(ChatRole.Assistant, "One."), new(ChatRole.User, "Two?")];
        await server.Chat().GetResponseAsync(messages, new ChatOptions { Instructions = "Cite." });
        var sent = Sent.GetProperty("messages").EnumerateArray().Select(message => (message.GetProperty("role").GetString(), Text(message)));
        Assert.Equal([("system", "Cite."), ("system", "Be brief."), ("user", "One?"), ("assistant", "One."), ("user", "Two?")], sent);
    }

    [Fact]
    public async Task Options_become_the_fields_of_the_protocol()
    {
        await server.Chat().GetResponseAsync("Hello", new ChatOptions
        {
            Temperature = 0.5f,
            TopP = 0.25f,
            MaxOutputTokens = 50,
            FrequencyPenalty = 0.75f,
            PresencePenalty = 0.125f,
            Seed = 42,
            StopSequences = ["END"],
            ResponseFormat = ChatResponseFormat.Json,
        });
        Assert.Equal((0.5, 0.25, 50), (Sent.GetProperty("temperature").GetDouble(), Sent.GetProperty("top_p").GetDouble(), Sent.GetProperty("max_completion_tokens").GetInt32()));
        Assert.Equal((0.75, 0.125, 42), (Sent.GetProperty("frequency_penalty").GetDouble(), Sent.GetProperty("presence_penalty").GetDouble(), Sent.GetProperty("seed").GetInt64()));
        Assert.Equal("END", Sent.GetProperty("stop")[0].GetString());
        Assert.Equal("json_object", Sent.GetProperty("response_format").GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_json_schema_is_sent_closed_and_with_all_properties_required()
    {
        using var schema = JsonDocument.Parse("""{"type":"object","properties":{"n":{"type":"integer","minimum":1}}}""");
        await server.Chat().GetResponseAsync("Hello", new ChatOptions
        {
            ResponseFormat = ChatResponseFormat.ForJsonSchema(schema.RootElement, "verdict", "A verdict"),
        });
        var sent = Sent.GetProperty("response_format").GetProperty("json_schema");
        Assert.Equal(("verdict", "A verdict"), (sent.GetProperty("name").GetString(), sent.GetProperty("description").GetString()));
        Assert.False(sent.GetProperty("schema").GetProperty("additionalProperties").GetBoolean());
        Assert.Equal("n", sent.GetProperty("schema").GetProperty("required")[0].GetString());
        var number = sent.GetProperty("schema").GetProperty("properties").GetProperty("n");
        Assert.False(number.TryGetProperty("minimum", out _));
        Assert.Equal("minimum: 1", number.GetProperty("description").GetString());
    }

    [Fact]
    public async Task The_model_of_the_options_wins_over_the_clients()
    {
        var response = await server.Chat("scripted").GetResponseAsync("Hello", new ChatOptions { ModelId = "other-model" });
        Assert.Equal("other-model", Sent.GetProperty("model").GetString());
        Assert.Equal("other-model", response.ModelId);
    }

    [Fact]
    public async Task What_only_openai_has_is_set_on_its_own_options()
    {
        await server.Chat().GetResponseAsync("Hello", new ChatOptions
        {
            Temperature = 0.5f,
            RawRepresentationFactory = _ => new ChatCompletionOptions { EndUserId = "user-1", Temperature = 0.25f },
        });
        Assert.Equal("user-1", Sent.GetProperty("user").GetString());
        Assert.Equal(0.25, Sent.GetProperty("temperature").GetDouble());
    }

    [Fact]
    public async Task A_stream_carries_identity_role_and_finish_reason_and_ends_with_usage()
    {
        var updates = await server.Chat().GetStreamingResponseAsync("Hello there").ReadAllAsync();
        Assert.Equal("A scripted answer.", string.Concat(updates.Select(update => update.Text)));
        Assert.All(updates, update => Assert.Equal(("chatcmpl-1", "scripted", ChatRole.Assistant), (update.ResponseId, update.ModelId, update.Role)));
        Assert.Null(updates[1].FinishReason);
        Assert.Equal(Microsoft.Extensions.AI.ChatFinishReason.Stop, updates[^1].FinishReason);
        var usage = Assert.IsType<UsageContent>(Assert.Single(updates[^1].Contents));
        Assert.Equal((2L, 3L), (usage.Details.InputTokenCount, usage.Details.OutputTokenCount));
        Assert.True(Sent.GetProperty("stream_options").GetProperty("include_usage").GetBoolean());
    }

    [Fact]
    public async Task A_cut_short_answer_finishes_with_length()
    {
        var response = await server.Chat().GetResponseAsync("Hello", new ChatOptions { MaxOutputTokens = 2 });
        Assert.Equal(("A scripted ", Microsoft.Extensions.AI.ChatFinishReason.Length), (response.Text, response.FinishReason));
    }

    [Fact]
    public async Task An_error_of_the_service_passes_through_with_its_status()
    {
        server.ChatFaults.Next(new Fault.RateLimited(TimeSpan.FromSeconds(7)));
        var error = await Assert.ThrowsAsync<ClientResultException>(() => server.Chat().GetResponseAsync("Hello"));
        Assert.Equal(429, error.Status);
        Assert.True(error.GetRawResponse()!.Headers.TryGetValue("Retry-After", out var seconds));
        Assert.Equal("7", seconds);
    }

    [Fact]
    public async Task An_error_of_the_service_passes_through_a_stream()
    {
        server.ChatFaults.Next(new Fault.ServerError());
        var error = await Assert.ThrowsAsync<ClientResultException>(() => server.Chat().GetStreamingResponseAsync("Hello").ReadAllAsync());
        Assert.Equal(500, error.Status);
    }

    [Fact]
    public async Task Cancelling_a_stream_reaches_the_service()
    {
        server.ChatFaults.Next(new Fault.Stall(AfterChunks: 1));
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in server.Chat().GetStreamingResponseAsync("Hello", cancellationToken: cancel.Token))
            {
                if (update.Text.Length > 0)
                {
                    await cancel.CancelAsync();
                }
            }
        });
        Assert.Equal(CallOutcome.Cancelled, await server.Calls[0].Finished);
    }

    [Fact]
    public async Task Cancelling_a_call_reaches_the_service()
    {
        server.ChatFaults.Next(new Fault.SlowHeaders(new Gate()));
        using var cancel = new CancellationTokenSource();
        var answer = server.Chat().GetResponseAsync("Hello", cancellationToken: cancel.Token);
        var call = await server.WaitForCallAsync();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        Assert.Equal(CallOutcome.Cancelled, await call.Finished);
    }

    [Fact]
    public void Metadata_and_the_underlying_client_are_services()
    {
        var client = server.Chat("scripted");
        var metadata = client.GetService<ChatClientMetadata>()!;
        Assert.Equal(("openai", server.Endpoint, "scripted"), (metadata.ProviderName, metadata.ProviderUri, metadata.DefaultModelId));
        Assert.NotNull(client.GetService<ChatClient>());
        Assert.Null(client.GetService<ChatClient>("a key"));
    }

    private static string Text(JsonElement message)
    {
        var content = message.GetProperty("content");
        return content.ValueKind == JsonValueKind.String ? content.GetString()! : content[0].GetProperty("text").GetString()!;
    }
}
