namespace AiApp.Testing;

internal static class ChatEndpoint
{
    public static Task HandleAsync(ModelServer server, HttpContext context) =>
        CallHandling.RunAsync(server, context, server.ChatFaults, (call, fault, ct) => AnswerAsync(server, context, call, fault, ct));

    private static async Task AnswerAsync(ModelServer server, HttpContext context, ModelCall call, Fault? fault, CancellationToken ct)
    {
        var prompt = ChatPrompt.From(call.Body);
        var pieces = fault is Fault.Empty ? [] : Pieces(server, call, prompt);
        var kept = prompt.MaxTokens is { } limit && limit < pieces.Count ? [.. pieces.Take(limit)] : pieces;
        var answer = new ChatAnswer(
            $"chatcmpl-{call.Number}",
            call.Model ?? "unnamed",
            TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
            kept,
            kept.Count < pieces.Count ? "length" : "stop",
            Words.Count(prompt.AllText));
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

    private static IReadOnlyList<string> Pieces(ModelServer server, ModelCall call, ChatPrompt prompt) => server.ModeFor(call.Model) switch
    {
        AnswerMode.Scripted => server.NextScript(),
        AnswerMode.BadMarker => Words.Pieces(ExtractiveAnswer.WithBadMarkers(prompt.LastUserText, server.Options)),
        _ => Words.Pieces(ExtractiveAnswer.For(prompt.LastUserText, server.Options)),
    };
}
