using System.CommandLine;
using AiApp.Contracts;

namespace AiApp.Cli.Sources;

internal static class SourcesCommand
{
    public static Command Create(ConnectionOptions connection, Terminal terminal)
    {
        var command = List("sources", "Lists the sources that documents are kept in step with.", connection, terminal);
        command.Subcommands.Add(List("list", "The same.", connection, terminal));
        command.Subcommands.Add(AddSourceCommand.Create(connection, terminal));
        command.Subcommands.Add(Show(connection, terminal));
        command.Subcommands.Add(Act("run", "Asks for a run now; 'show' tells what became of it.", connection, terminal, async (api, source, ct) =>
        {
            await api.RunSourceAsync(source.Id, ct);
            return "a run was asked for";
        }));
        command.Subcommands.Add(Act("confirm", "Lets the deletions go that the last run held.", connection, terminal, async (api, source, ct) =>
            $"{(await api.ConfirmSourceAsync(source.Id, ct: ct)).Deletions} deletions are let go with the next run"));
        command.Subcommands.Add(Act("enable", "Runs a source by its interval again.", connection, terminal, async (api, source, ct) =>
        {
            await api.EnableSourceAsync(source.Id, ct);
            return "enabled";
        }));
        command.Subcommands.Add(Act("disable", "Lets a source rest; its documents stay.", connection, terminal, async (api, source, ct) =>
        {
            await api.DisableSourceAsync(source.Id, ct);
            return "disabled";
        }));
        command.Subcommands.Add(Remove(connection, terminal));
        return command;
    }

    /// <summary>By id, or by name letter by letter.</summary>
    public static async Task<SourceDto> FindAsync(AiAppClient api, string name, CancellationToken ct) =>
        (await api.ListSourcesAsync(ct)).FirstOrDefault(source => source.Name == name || source.Id.ToString() == name)
        ?? throw new UsageException($"There is no source '{Terminal.OneLine(name)}': 'aiapp sources' lists them.");

    private static Command List(string name, string description, ConnectionOptions connection, Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "Print the list as JSON." };
        var command = new Command(name, description) { json };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            var sources = await api.Client.ListSourcesAsync(ct);
            await (parsed.GetValue(json) ? JsonText.WriteAsync(terminal, sources) : SourceText.WriteListAsync(terminal, sources));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Show(ConnectionOptions connection, Terminal terminal)
    {
        var name = Name();
        var runs = new Option<int>("--runs") { Description = "How many runs, 1 to 100.", DefaultValueFactory = _ => 5 };
        var json = new Option<bool>("--json") { Description = "Print the source and its runs as JSON." };
        var command = new Command("show", "Shows a source with its last runs and their problems.") { name, runs, json };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            var source = await FindAsync(api.Client, parsed.GetValue(name)!, ct);
            var report = await api.Client.ListSourceRunsAsync(source.Id, parsed.GetValue(runs), ct);
            await (parsed.GetValue(json) ? JsonText.WriteAsync(terminal, new { source, runs = report.Items }) : SourceText.WriteAsync(terminal, source, report.Items));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Remove(ConnectionOptions connection, Terminal terminal)
    {
        var name = Name();
        var documents = new Option<bool>("--documents") { Description = "Delete its documents too. Without this they stay." };
        var command = new Command("remove", "Removes a source.") { name, documents };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            var source = await FindAsync(api.Client, parsed.GetValue(name)!, ct);
            await api.Client.RemoveSourceAsync(source.Id, parsed.GetValue(documents), ct);
            await terminal.Out.WriteLineAsync(parsed.GetValue(documents)
                ? $"{Terminal.OneLine(source.Name)}: its {source.DocumentCount} documents are being deleted"
                : $"{Terminal.OneLine(source.Name)}: removed, its {source.DocumentCount} documents stay");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Act(
        string verb, string description, ConnectionOptions connection, Terminal terminal, Func<AiAppClient, SourceDto, CancellationToken, Task<string>> act)
    {
        var name = Name();
        var command = new Command(verb, description) { name };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            var source = await FindAsync(api.Client, parsed.GetValue(name)!, ct);
            await terminal.Out.WriteLineAsync($"{Terminal.OneLine(source.Name)}: {await act(api.Client, source, ct)}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Argument<string> Name() => new("NAME") { Description = "The source's name or id." };
}
