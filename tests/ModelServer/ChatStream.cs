using System.Text.Json;

namespace AiApp.Testing;

/// <summary>Server-sent events, flushed one by one, with the faults that strike in the middle.</summary>
internal static class ChatStream
{
    public static async Task WriteAsync(
        ModelServer server, HttpContext context, ModelCall call, ChatAnswer answer, bool includeUsage, Fault? fault, CancellationToken ct)
    {
        context.Response.ContentType = "text/event-stream";
        if (fault is Fault.CutAtByte cut)
        {
            context.Response.Body = new CuttingStream(context.Response.Body, cut.Bytes);
        }
        await SendAsync(context, answer.RoleChunk(), ct);
        if (fault is Fault.SlowFirstToken slow)
        {
            await CallHandling.WaitAsync(slow.Gate, ct);
        }
        foreach (var piece in answer.Pieces)
        {
            await StrikeAsync(context, call, answer, fault, ct);
            if (server.Options.PieceDelay > TimeSpan.Zero)
            {
                await Task.Delay(server.Options.PieceDelay, ct);
            }
            await SendAsync(context, fault is Fault.WrongSchema && call.ChunksSent == 1 ? new { answer = 42 } : answer.PieceChunk(piece), ct);
            call.ChunksSent++;
            server.Log.Signal();
            if (fault is Fault.Duplicates)
            {
                await SendAsync(context, answer.PieceChunk(piece), ct);
            }
        }

        await StrikeAsync(context, call, answer, fault, ct);
        if (answer.Calls.Count > 0)
        {
            await SendAsync(context, answer.ToolChunk(), ct);
        }
        await SendAsync(context, answer.LastChunk(), ct);
        if (includeUsage)
        {
            await SendAsync(context, answer.UsageChunk(), ct);
        }

        await SendTextAsync(context, "[DONE]", ct);
    }

    private static async Task StrikeAsync(HttpContext context, ModelCall call, ChatAnswer answer, Fault? fault, CancellationToken ct)
    {
        switch (fault)
        {
            case Fault.Stall stall when call.ChunksSent == stall.AfterChunks:
                await CallHandling.WaitAsync(stall.Gate, ct);
                break;
            case Fault.Cut cut when call.ChunksSent == cut.AfterChunks:
                throw new CutException();
            case Fault.MalformedJson when call.ChunksSent == 1:
                await SendTextAsync(context, "{\"id\": \"broken", ct);
                break;
            case Fault.Huge when call.ChunksSent == 1:
                while (true)
                {
                    await SendAsync(context, answer.PieceChunk(new string('x', 4096)), ct);
                }
        }
    }

    private static Task SendAsync(HttpContext context, object chunk, CancellationToken ct) =>
        SendTextAsync(context, JsonSerializer.Serialize(chunk), ct);

    private static async Task SendTextAsync(HttpContext context, string data, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested(); // Kestrel swallows writes to a caller that has gone.
        await context.Response.WriteAsync($"data: {data}\n\n", ct);
        await context.Response.Body.FlushAsync(ct);
    }
}
