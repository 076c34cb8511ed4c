using System.CommandLine;
using AiApp.Contracts;

namespace AiApp.Cli.Research;

internal static class ResearchCommand
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(5);

    public static Command Create(ConnectionOptions connection, Terminal terminal)
    {
        var question = new Argument<string>("QUESTION") { Description = "The question, in quotes." };
        var collection = new Option<string?>("--collection") { Description = "Look into this collection only." };
        var approve = new Option<string[]>("--approve")
        {
            Description = "Approve every call of this tool without asking; may be given several times. Its arguments may come from a document.",
            HelpName = "TOOL",
        };
        var steps = new Option<int?>("--steps") { Description = "Calls of models and of tools at most; 3 at least." };
        var cost = new Option<decimal?>("--max-cost") { Description = "What it may cost at most.", HelpName = "DOLLARS" };
        var json = new Option<bool>("--json") { Description = "Print the run with its answer as JSON." };
        var verify = new Option<bool>("--verify")
        {
            Description = "Fetch each cited document and check that the quote stands in it; \"--verify false\" leaves it out.",
            DefaultValueFactory = _ => true,
        };
        var command = new Command("research", "Finds out what takes several steps, with tools, and asks before a call that changes something.")
        {
            question, collection, approve, steps, cost, json, verify, EarlierResearch.CreateList(connection, terminal), EarlierResearch.CreateShow(connection, terminal),
        };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            var request = new AgentRequest
            {
                Question = parsed.GetValue(question)!,
                Collection = parsed.GetValue(collection),
                Limits = new() { Steps = parsed.GetValue(steps), CostDollars = parsed.GetValue(cost) },
            };
            var approvals = new Approvals(api.Client, terminal, (parsed.GetValue(approve) ?? []).ToHashSet(StringComparer.Ordinal));
            var run = await FollowAsync(api.Client, request, approvals, terminal, ct);
            if (parsed.GetValue(json))
            {
                await JsonText.WriteAsync(terminal, run);
            }
            if (run.State == AgentStates.Stopped || run.Answer is not { } answer)
            {
                await terminal.Error.WriteLineAsync(run.State == AgentStates.Stopped ? "error: The run was stopped." : "error: A document behind the answer may no longer be read.");
                return ExitCodes.Failed;
            }
            if (parsed.GetValue(json))
            {
                return answer.Outcome == AnswerOutcomes.InsufficientContext
                    ? ExitCodes.InsufficientContext
                    : await AnswerEnd.CheckAsync(api.Client, answer, parsed.GetValue(verify), terminal.Error, terminal, ct);
            }
            await terminal.Out.WriteLineAsync(Terminal.Printable(answer.Text));
            return await AnswerEnd.WriteAsync(api.Client, answer, parsed.GetValue(verify), terminal, ct);
        });
        return command;
    }

    /// <summary>The run when it is over. Whoever interrupts this ends it: nobody would read what it still costs.</summary>
    private static async Task<AgentRunDto> FollowAsync(AiAppClient client, AgentRequest request, Approvals approvals, Terminal terminal, CancellationToken ct)
    {
        var reader = new AgentRunReader(client, TimeProvider.System);
        var text = new StepText(terminal);
        try
        {
            await foreach (var one in reader.BeginAsync(request, ct))
            {
                switch (one)
                {
                    case AgentRunEvent { Run.Steps: var before }:
                        foreach (var step in before)
                        {
                            await text.WriteAsync(step);
                        }
                        break;
                    case AgentStepEvent { Step: var step }:
                        await text.WriteAsync(step);
                        break;
                    case AgentApprovalEvent { Approval: var asked }:
                        await approvals.DecideAsync(reader.Run!.Value, asked, ct);
                        break;
                    case AgentErrorEvent { Problem: var problem }:
                        throw new AiAppException(problem);
                    case AgentDoneEvent { Run: var run }:
                        return run;
                    default:
                        break; // the text of the answer comes again with the end
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested && reader.Run is { } run)
        {
            using var bounded = new CancellationTokenSource(StopWithin);
            // A call that was under way may have been made.
            foreach (var step in (await client.StopAgentRunAsync(run, bounded.Token)).Steps)
            {
                await text.WriteAsync(step);
            }
            await terminal.Error.WriteLineAsync("The run is stopped.");
            throw;
        }
        throw new AiAppException(new() { Detail = "The run could not be followed to its end.", Code = ProblemCodes.StreamInterrupted });
    }
}
