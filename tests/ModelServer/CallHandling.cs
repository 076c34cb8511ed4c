using System.Text.Json;

namespace AiApp.Testing;

/// <summary>What both POST endpoints share: the log entry around a call, authorisation, and the faults that need no chunks.</summary>
internal static class CallHandling
{
    public static async Task RunAsync(
        ModelServer server, HttpContext context, FaultPlan faults, Func<ModelCall, Fault?, CancellationToken, Task> answer)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, server.Stopping);
        var call = server.Log.Add(context.Request.Path, await ReadBodyAsync(context), context.Request.Headers.Authorization);
        var outcome = CallOutcome.Completed;
        context.Response.OnStarting(() =>
        {
            call.Status = context.Response.StatusCode;
            server.Log.Signal();
            return Task.CompletedTask;
        });
        try
        {
            await RespondAsync(server, context, call, faults.Take(call.Model), answer, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            outcome = CallOutcome.Cancelled;
            context.Abort();
        }
        catch (CutException)
        {
            outcome = CallOutcome.Cut;
            context.Abort();
        }
        finally
        {
            call.Finish(outcome);
            server.Log.Signal();
        }
    }

    public static Task WriteJsonAsync(HttpContext context, object value, CancellationToken ct)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(JsonSerializer.Serialize(value), ct);
    }

    public static async Task WriteErrorAsync(HttpContext context, int status, string code, string message, CancellationToken ct)
    {
        context.Response.StatusCode = status;
        var type = status >= StatusCodes.Status500InternalServerError ? "server_error" : "invalid_request_error";
        await WriteJsonAsync(context, new { error = new { message, type, param = (string?)null, code } }, ct);
    }

    /// <summary>An unstreamed answer with the faults that can befall it.</summary>
    public static async Task WriteWholeAsync(HttpContext context, object value, Fault? fault, CancellationToken ct)
    {
        switch (fault)
        {
            case Fault.Stall stall:
                await WaitAsync(stall.Gate, ct);
                break;
            case Fault.SlowFirstToken slow:
                context.Response.ContentType = "application/json";
                await context.Response.StartAsync(ct);
                await context.Response.Body.FlushAsync(ct);
                await WaitAsync(slow.Gate, ct);
                break;
            case Fault.Cut:
                var body = JsonSerializer.SerializeToUtf8Bytes(value);
                context.Response.ContentType = "application/json";
                context.Response.ContentLength = body.Length;
                await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), ct);
                await context.Response.Body.FlushAsync(ct);
                throw new CutException();
            case Fault.CutAtByte cut:
                context.Response.ContentType = "application/json";
                await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value).AsMemory(0, cut.Bytes), ct);
                await context.Response.Body.FlushAsync(ct);
                throw new CutException();
            case Fault.MalformedJson:
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync("{\"id\": \"broken", ct);
                return;
            case Fault.WrongSchema:
                await WriteJsonAsync(context, new { answer = 42 }, ct);
                return;
            case Fault.Duplicates:
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(JsonSerializer.Serialize(value) + JsonSerializer.Serialize(value), ct);
                return;
            case Fault.Huge:
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync("{\"id\": \"", ct);
                await WriteEndlesslyAsync(context, new string('x', 65_536), ct);
                return;
        }

        await WriteJsonAsync(context, value, ct);
    }

    public static async Task WriteEndlesslyAsync(HttpContext context, string piece, CancellationToken ct)
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            await context.Response.WriteAsync(piece, ct);
        }
    }

    public static Task WaitAsync(Gate? gate, CancellationToken ct) => (gate ?? new Gate()).WaitAsync(ct);

    private static async Task RespondAsync(
        ModelServer server, HttpContext context, ModelCall call, Fault? fault, Func<ModelCall, Fault?, CancellationToken, Task> answer, CancellationToken ct)
    {
        if (server.Options.ApiKey is { } key && call.Authorization != $"Bearer {key}")
        {
            await WriteErrorAsync(context, StatusCodes.Status401Unauthorized, "invalid_api_key", "Incorrect API key provided.", ct);
            return;
        }

        switch (fault)
        {
            case Fault.RateLimited limited:
                if (limited.RetryAfter is { } wait)
                {
                    context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString();
                }
                await WriteErrorAsync(context, StatusCodes.Status429TooManyRequests, "rate_limit_exceeded", "Rate limit reached.", ct);
                return;
            case Fault.ServerError failed:
                await WriteErrorAsync(context, failed.Status, "server_error", "The server had an error.", ct);
                return;
            case Fault.Reset:
                throw new CutException();
            case Fault.SlowHeaders slow:
                await WaitAsync(slow.Gate, ct);
                break;
            case Fault.WrongContentType:
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<html><body>Please sign in.</body></html>", ct);
                return;
        }

        await answer(call, fault, ct);
    }

    private static async Task<JsonElement> ReadBodyAsync(HttpContext context)
    {
        using var document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        return document.RootElement.Clone();
    }
}

/// <summary>Ends a call by a reset that a fault asked for.</summary>
internal sealed class CutException : Exception;
