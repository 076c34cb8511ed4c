using AiApp.Contracts;

namespace AiApp.Cli;

/// <summary>What comes after the text of an answer: its sources, what speaks against them, and whether its quotes stand where they should.</summary>
internal static class AnswerEnd
{
    public static async Task<int> WriteAsync(
        AiAppClient client, AnswerDto answer, bool verify, Terminal terminal, CancellationToken ct)
    {
        var text = new AnswerText(terminal);
        if (answer.Outcome == AnswerOutcomes.InsufficientContext)
        {
            await text.WriteNearestPassagesAsync(answer);
            await terminal.Out.WriteLineAsync();
            await text.WriteFooterAsync(answer);
            return ExitCodes.InsufficientContext;
        }
        await text.WriteSourcesAsync(answer);
        await text.WriteConflictsAsync(answer);
        await terminal.Out.WriteLineAsync();
        await text.WriteFooterAsync(answer);
        return await CheckAsync(client, answer, verify, terminal.Out, terminal, ct);
    }

    public static async Task<int> CheckAsync(
        AiAppClient client, AnswerDto answer, bool verify, TextWriter praise, Terminal terminal, CancellationToken ct)
    {
        if (!verify)
        {
            return answer.Citations.Count > 0 ? ExitCodes.Done : ExitCodes.Failed;
        }
        var faults = await QuoteCheck.FindFaultsAsync(client, answer, ct);
        foreach (var fault in faults)
        {
            await terminal.Error.WriteLineAsync($"error: {fault}");
        }
        if (faults.Count > 0)
        {
            return ExitCodes.Failed;
        }
        await praise.WriteLineAsync(terminal.Dim("every quote verified in its document"));
        return ExitCodes.Done;
    }
}
