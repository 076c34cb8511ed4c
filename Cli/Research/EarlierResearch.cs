using System.CommandLine;
using AiApp.Contracts;

namespace AiApp.Cli.Research;

/// <summary>Runs that were begun before: which there are, and what one of them has found out.</summary>
internal static class EarlierResearch
{
    private const int PageSize = 200;

    public static Command CreateList(ConnectionOptions connection, Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "Print the list as JSON." };
        var command = new Command("list", "Lists your research, newest first.") { json };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            var all = await Pages.ReadAsync((cursor, stop) => api.Client.ListAgentRunsAsync(cursor, PageSize, stop), ct).ToListAsync(ct);
            if (parsed.GetValue(json))
            {
                await JsonText.WriteAsync(terminal, all);
                return ExitCodes.Done;
            }
            foreach (var run in all)
            {
                await terminal.Out.WriteLineAsync($"{run.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm}  {run.Id}  {run.State,-16}  {Terminal.OneLine(run.Question)}");
            }
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command CreateShow(ConnectionOptions connection, Terminal terminal)
    {
        var id = new Argument<Guid>("ID") { Description = "The run's id, as in 'aiapp research list'." };
        var json = new Option<bool>("--json") { Description = "Print the run with its answer as JSON." };
        var command = new Command("show", "Shows the steps of a run, and its answer with the sources.") { id, json };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            var run = await api.Client.GetAgentRunAsync(parsed.GetValue(id), ct);
            if (parsed.GetValue(json))
            {
                await JsonText.WriteAsync(terminal, run);
                return ExitCodes.Done;
            }
            var steps = new StepText(terminal);
            foreach (var step in run.Steps)
            {
                await steps.WriteAsync(step);
            }
            if (run.Answer is { } answer)
            {
                await terminal.Out.WriteLineAsync(Terminal.Printable(answer.Text));
                return await AnswerEnd.WriteAsync(api.Client, answer, verify: true, terminal, ct);
            }
            await terminal.Out.WriteLineAsync(run.State == AgentStates.Completed
                ? "A document behind the answer may no longer be read."
                : $"{run.State.Replace('_', ' ')}{(run.FailureCode is null ? "" : $": {run.FailureCode}")}");
            return ExitCodes.Done;
        });
        return command;
    }
}
