using System.CommandLine;

namespace AiApp.Cli;

internal static class ReadersCommand
{
    public static Command Create(ConnectionOptions connection, Terminal terminal)
    {
        var id = new Argument<Guid>("ID") { Description = "The document's id, as in 'aiapp docs --json'." };
        var set = new Option<string?>("--set")
        {
            Description = "Who may read it from now on, separated by commas: everyone, group:hr, user:anna. You must stay one of them.",
            HelpName = "PRINCIPALS",
        };
        var command = new Command("readers", "Shows or replaces who may read a document.") { id, set };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            var document = parsed.GetValue(set) is { } principals
                ? await api.Client.SetReadersAsync(parsed.GetValue(id), principals.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), ct)
                : await api.Client.GetDocumentAsync(parsed.GetValue(id), ct);
            await terminal.Out.WriteLineAsync($"{Terminal.OneLine(document.Collection)}/{Terminal.OneLine(document.SourceUri)}");
            foreach (var reader in document.Readers)
            {
                await terminal.Out.WriteLineAsync($"  {Terminal.OneLine(reader)}");
            }
            return ExitCodes.Done;
        });
        return command;
    }
}
