using System.Globalization;
using AiApp.Contracts;

namespace AiApp.Cli.Research;

/// <summary>Decides about calls: by what was given on the command line, by asking, and without either by declining.</summary>
internal sealed class Approvals(AiAppClient client, Terminal terminal, IReadOnlySet<string> tools)
{
    public async Task DecideAsync(Guid run, AgentApprovalDto asked, CancellationToken ct)
    {
        await terminal.Error.WriteLineAsync(terminal.Bold($"Research wants to call {Terminal.OneLine(asked.Tool)} with exactly this:"));
        await terminal.Error.WriteLineAsync(ExactText.Show(asked.Arguments));
        if (asked.MayHaveHappened)
        {
            await terminal.Error.WriteLineAsync("Its process ended in the middle of this call: it may have been made already.");
        }
        var approve = await ChooseAsync(asked, ct);
        try
        {
            await client.DecideAgentCallAsync(run, new() { Step = asked.Step, Approve = approve, Hash = asked.Hash }, ct);
        }
        catch (AiAppException late) when (late.Problem.Code == ProblemCodes.Conflict)
        {
            await terminal.Error.WriteLineAsync("It was decided elsewhere, or its time was over.");
        }
    }

    private async Task<bool> ChooseAsync(AgentApprovalDto asked, CancellationToken ct)
    {
        // What may have happened already is approved by nobody beforehand.
        if (tools.Contains(asked.Tool) && !asked.MayHaveHappened)
        {
            await terminal.Error.WriteLineAsync($"approved by --approve {Terminal.OneLine(asked.Tool)}");
            return true;
        }
        if (terminal.Input is not { } input)
        {
            await terminal.Error.WriteLineAsync($"declined: nobody can be asked here; --approve {Terminal.OneLine(asked.Tool)} approves it");
            return false;
        }
        await terminal.Error.WriteAsync($"Approve it, until {asked.Until.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC? [y/N] ");
        await terminal.Error.FlushAsync(ct);
        // A console reads on its own thread, and knows of no token.
        var line = await Task.Run(() => input.ReadLine(), ct).WaitAsync(ct);
        return line?.Trim() is "y" or "Y" or "yes";
    }
}
