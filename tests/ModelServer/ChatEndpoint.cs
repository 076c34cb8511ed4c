namespace AiApp.Testing;

internal static class ChatEndpoint
{
    public static Task HandleAsync(ModelServer server, HttpContext context) =>
        CallHandling.RunAsync(server, context, server.ChatFaults, (call, fault, ct) => AnswerAsync(server, context, call, fault, ct));

    private static async Task AnswerAsync(ModelServer server, HttpContext context, ModelCall call, Fault? fault, CancellationToken ct)
    {
        var prompt = ChatPrompt.From(call.Body);
        if (server.RefusesTools && ObedientAgent.HasTools(call.Body))
        {
            await CallHandling.WriteErrorAsync(context, StatusCodes.Status400BadRequest, "invalid_request", "This model does not support tools.", ct);
            return;
        }
        var (pieces, calls) = fault is Fault.Empty ? ([], []) : await PiecesAsync(server, call, prompt, ct);
        var kept = prompt.MaxTokens is { } limit && limit < pieces.Count ? [.. pieces.Take(limit)] : pieces;
        var answer = new ChatAnswer(
            $"chatcmpl-{call.Number}",
            call.Model ?? "unnamed",
            TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
            kept,
            kept.Count < pieces.Count ? "length" : calls.Count == 0 ? "stop" : "tool_calls",
            Words.Count(prompt.AllText))
        {
            Calls = calls,
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

    private static async Task<(IReadOnlyList<string> Pieces, IReadOnlyList<ScriptedCall> Calls)> PiecesAsync(
        ModelServer server, ModelCall call, ChatPrompt prompt, CancellationToken ct) => server.ModeFor(call.Model) switch
    {
        AnswerMode.Scripted => (server.NextScript(), []),
        AnswerMode.BadMarker => (Words.Pieces(ExtractiveAnswer.WithBadMarkers(prompt.LastUserText, server.Options)), []),
        AnswerMode.Agent when ShownPrompt.From(prompt.LastUserText) is { LeftOut.Count: > 0 } or { Judged: not null } =>
            (Words.Pieces(server.Writer(ShownPrompt.From(prompt.LastUserText))), []),
        AnswerMode.Agent => Said(await server.Agents.NextAsync(call.Body, prompt, ct)),
        AnswerMode.Obey => Obey(server, call, prompt),
        AnswerMode.Written => (Words.Pieces(server.Writer(ShownPrompt.From(prompt.LastUserText))), []),
        _ => (Words.Pieces(ExtractiveAnswer.For(prompt.LastUserText, server.Options)), []),
    };

    private static (IReadOnlyList<string> Pieces, IReadOnlyList<ScriptedCall> Calls) Obey(ModelServer server, ModelCall call, ChatPrompt prompt)
    {
        if (ObedientAgent.HasTools(call.Body))
        {
            (var turn, call.Obeyed) = ObedientAgent.Next(call.Body, prompt, server.Options);
            return Said(turn);
        }
        var reply = ObedientAnswer.For(prompt.SystemText, prompt.ContextText, prompt.LastUserText, server.Options);
        call.Obeyed = reply.Obeyed;
        return reply.Calls is [.., var last] ? ([], [last]) : (Words.Pieces(reply.Text), []);
    }

    private static (IReadOnlyList<string> Pieces, IReadOnlyList<ScriptedCall> Calls) Said(AgentTurn turn) =>
        turn.Calls.Count > 0 ? ([], turn.Calls) : (Words.Pieces(turn.Text), []);
}
