using System.CommandLine;
using AiApp.Contracts;

namespace AiApp.Cli;

internal static class DocsCommand
{
    private static readonly string[] Statuses =
        [DocumentStatuses.Waiting, DocumentStatuses.Working, DocumentStatuses.Ready, DocumentStatuses.Failed, DocumentStatuses.Cancelled];

    public static Command Create(ConnectionOptions connection, Terminal terminal)
    {
        var status = new Option<string?>("--status") { Description = "Only documents in this state." };
        status.AcceptOnlyFromAmong(Statuses);
        var json = new Option<bool>("--json") { Description = "Print the list as JSON." };
        var command = new Command("docs", "Lists documents, the last changed first.") 
        {
            status, json, ReadersCommand.Create(connection, terminal),
            DeletionCommand.CreateCancel(connection, terminal), DeletionCommand.CreateDelete(connection, terminal),
        };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            var documents = api.Client.ListAllAsync(parsed.GetValue(status), ct);
            if (parsed.GetValue(json))
            {
                await JsonText.WriteAsync(terminal, await documents.ToListAsync(ct));
                return ExitCodes.Done;
            }
            await foreach (var document in documents)
            {
                await terminal.Out.WriteLineAsync(
                    $"{document.Status,-9} {Version(document),-5} {document.ChunkCount ?? 0,6} chunks  "
                    + $"{Terminal.OneLine(document.Collection)}/{Terminal.OneLine(document.SourceUri)}  {terminal.Dim(Terminal.OneLine(document.Title))}");
                if (document.Status == DocumentStatuses.Failed)
                {
                    await terminal.Out.WriteLineAsync(
                        $"          {document.FailureCode}: {Terminal.OneLine(document.FailureReason ?? "no reason was recorded")}");
                }
            }
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Version(DocumentDto document) => document.VersionNumber is { } number ? $"v{number}" : "-";
}
