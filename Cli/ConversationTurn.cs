using AiApp.Contracts;

namespace AiApp.Cli;

/// <summary>A question of a conversation, whose answer is written in the Api whether or not this command reads it.</summary>
internal sealed class ConversationTurn(AiAppClient client, Terminal terminal, Guid conversation)
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(5);

    /// <summary>The answer, over connections that break. Whoever interrupts this ends it: nobody would read what it still costs.</summary>
    public async Task<AnswerDto> AskAsync(AskRequest request, Func<AnswerEvent, CancellationToken, Task> write, CancellationToken ct)
    {
        var turn = Guid.CreateVersion7();
        var events = new AnswerReader(client, TimeProvider.System).AskAsync(conversation, new() { Id = turn, Question = request.Question, Fresh = request.Fresh }, ct);
        try
        {
            return await AskCommand.ReadAsync(events.Select(one => one.Event), write, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await StopAsync(turn);
            throw;
        }
    }

    private async Task StopAsync(Guid turn)
    {
        using var bounded = new CancellationTokenSource(StopWithin);
        try
        {
            await client.StopTurnAsync(conversation, turn, bounded.Token);
            await terminal.Error.WriteLineAsync("The answer is stopped.");
        }
        catch (AiAppException absent) when (absent.Problem.Code == ProblemCodes.NotFound)
        {
            // The question had not arrived.
        }
    }
}
