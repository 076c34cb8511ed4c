using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using AiApp.Rag.Gateway;
using AiApp.Rag.Models;
using AiApp.Rag.Storage;
using AiApp.Rag.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AiApp.Benchmarks.Gateway;

/// <summary>The gateway behind the OpenAI protocol, with everything on, and a bare proxy: each as a process of its own.</summary>
internal static class GatewayServer
{
    public static async Task RunAsync(string what, int port, Uri upstream, string connection, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        if (what == "gateway")
        {
            builder.Configuration[$"ConnectionStrings:{StorageExtensions.DatabaseConnection}"] = connection;
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Models:Provider"] = "openai",
                ["Models:OpenAI:ChatModel"] = "instant",
                ["Models:Providers:openai:Endpoint"] = $"{upstream}v1",
                ["Models:Providers:openai:ApiKey"] = "none",
                ["Models:Chat:instant:Provider"] = "openai",
                ["Models:Chat:instant:Prices:0:Version"] = "bench",
                ["Models:Chat:instant:Prices:0:Input"] = "0.4",
                ["Models:Chat:instant:Prices:0:Output"] = "1.6",
            });
            builder.AddStorage().AddModels();
        }
        await using var app = builder.Build();
        if (what == "gateway")
        {
            Listen();
            var chat = app.Services.GetRequiredService<IChatClient>();
            app.MapPost("/v1/chat/completions", context => AnswerAsync(context, chat));
        }
        else
        {
            var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = upstream };
            app.MapPost("/v1/chat/completions", context => PassOnAsync(context, http));
        }
        await app.StartAsync(ct);
        await app.WaitForShutdownAsync(ct);
    }

    /// <summary>Spans and measurements are made and read, as an exporter has them.</summary>
    private static void Listen()
    {
        ActivitySource.AddActivityListener(new ActivityListener
        {
            ShouldListenTo = source => source.Name is RagTelemetry.Name or RagTelemetry.ModelsName,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        });
        var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name is RagTelemetry.Name or RagTelemetry.ModelsName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<double>((_, _, _, _) => { });
        meters.SetMeasurementEventCallback<long>((_, _, _, _) => { });
        meters.SetMeasurementEventCallback<int>((_, _, _, _) => { });
        meters.Start();
    }

    private static async Task AnswerAsync(HttpContext context, IChatClient chat)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var root = body.RootElement;
        List<ChatMessage> messages = [.. root.GetProperty("messages").EnumerateArray().Select(message =>
            new ChatMessage(new ChatRole(message.GetProperty("role").GetString()!), message.GetProperty("content").GetString()))];
        var request = new ModelRequest { Step = ModelStep.Answer, Tenant = new(1), User = "bench", PromptVersion = "bench.v1" };
        var options = new ChatOptions { MaxOutputTokens = 256, AdditionalProperties = new() { [ModelRequest.OptionsKey] = request } };
        if (root.TryGetProperty("stream", out var stream) && stream.GetBoolean())
        {
            context.Response.ContentType = "text/event-stream";
            await foreach (var update in chat.GetStreamingResponseAsync(messages, options, context.RequestAborted))
            {
                await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
                context.Response.BodyWriter.Write("data: "u8);
                WriteChunk(writer, update);
                await writer.FlushAsync(context.RequestAborted);
                context.Response.BodyWriter.Write("\n\n"u8);
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            }
            await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
            return;
        }
        var response = await chat.GetResponseAsync(messages, options, context.RequestAborted);
        context.Response.ContentType = "application/json";
        await using var whole = new Utf8JsonWriter(context.Response.BodyWriter);
        WriteWhole(whole, response);
    }

    private static void WriteWhole(Utf8JsonWriter writer, ChatResponse response)
    {
        writer.WriteStartObject();
        writer.WriteString("id", response.ResponseId);
        writer.WriteString("object", "chat.completion");
        writer.WriteString("model", response.ModelId);
        writer.WriteStartArray("choices");
        writer.WriteStartObject();
        writer.WriteNumber("index", 0);
        writer.WriteStartObject("message");
        writer.WriteString("role", "assistant");
        writer.WriteString("content", response.Text);
        writer.WriteEndObject();
        writer.WriteString("finish_reason", "stop");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteChunk(Utf8JsonWriter writer, ChatResponseUpdate update)
    {
        writer.WriteStartObject();
        writer.WriteString("id", update.ResponseId);
        writer.WriteString("object", "chat.completion.chunk");
        writer.WriteString("model", update.ModelId);
        writer.WriteStartArray("choices");
        writer.WriteStartObject();
        writer.WriteNumber("index", 0);
        writer.WriteStartObject("delta");
        writer.WriteString("content", update.Text);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static async Task PassOnAsync(HttpContext context, HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, context.Request.Path.Value) { Content = new StreamContent(context.Request.Body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Content.Headers.ContentLength = context.Request.ContentLength;
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await using var answer = await response.Content.ReadAsStreamAsync(context.RequestAborted);
        await answer.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
