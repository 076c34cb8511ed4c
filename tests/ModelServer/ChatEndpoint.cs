namespace AiApp.Testing;

internal static class ChatEndpoint
{
    public static Task HandleAsync(ModelServer server, HttpContext context) =>
        CallHandling.RunAsync(server, context, server.ChatFaults, (call, fault, ct) => AnswerAsync(server, context, call, fault, ct));

    private static async Task AnswerAsync(ModelServer server, HttpContext context, ModelCall call, Fault? fault, CancellationToken ct)
    {
        var prompt = ChatPrompt.From(call.Body);
        var (pieces, tool) = fault is Fault.Empty ? ([], null) : Pieces(server, call, prompt);
        var kept = prompt.MaxTokens is { } limit && limit < pieces.Count ? [.. pieces.Take(limit)] : pieces;
        var answer = new ChatAnswer(
            $"chatcmpl-{call.Number}",
            call.Model ?? "unnamed",
            TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
            kept,
            kept.Count < pieces.Count ? "length" : tool is null ? "stop" : "tool_calls",
            Words.Count(prompt.AllText))
        {
            Tool = tool,
        };
        (call.InputTokens, call.OutputTokens) = (answer.PromptTokens, kept.Count);
        if (prompt.Streams)
        {
            await ChatStream.WriteAsync(server, context, call, answer, prompt.IncludesUsage, fault, ct);
        }
        else
        {
            await CallHandling.WriteWholeAsync(context, answer.ToCompletion(), fault, ct);
        }
    }

    private static (IReadOnlyList<string> Pieces, string? Tool) Pieces(ModelServer server, ModelCall call, ChatPrompt prompt) => server.ModeFor(call.Model) switch
    {
        AnswerMode.Scripted => (server.NextScript(), null),
        AnswerMode.BadMarker => (Words.Pieces(ExtractiveAnswer.WithBadMarkers(prompt.LastUserText, server.Options)), null),
        AnswerMode.Obey => Obey(server, call, prompt),
        _ => (Words.Pieces(ExtractiveAnswer.For(prompt.LastUserText, server.Options)), null),
    };

    private static (IReadOnlyList<string> Pieces, string? Tool) Obey(ModelServer server, ModelCall call, ChatPrompt prompt)
    {
        var reply = ObedientAnswer.For(prompt.SystemText, prompt.ContextText, prompt.LastUserText, server.Options);
        call.Obeyed = reply.Obeyed;
        return reply.Tool is null ? (Words.Pieces(reply.Text), null) : ([], reply.Tool);
    }
}
