using System.CommandLine;
using System.Globalization;
using AiApp.Contracts;

namespace AiApp.Cli;

/// <summary>What is done to one document: called back, or deleted with a receipt.</summary>
internal static class DeletionCommand
{
    public static Command CreateDelete(ConnectionOptions connection, Terminal terminal)
    {
        var id = CreateId();
        var json = new Option<bool>("--json") { Description = "Print the receipt as JSON." };
        var command = new Command("delete", "Deletes a document with everything made of it, and prints what that was.") { id, json };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            var receipt = await api.Client.DeleteDocumentAsync(parsed.GetValue(id), ct);
            await (parsed.GetValue(json) ? JsonText.WriteAsync(terminal, receipt) : PrintAsync(receipt, terminal));
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command CreateCancel(ConnectionOptions connection, Terminal terminal)
    {
        var id = CreateId();
        var command = new Command("cancel", "Calls the newest upload of a document back, also while it is being ingested.") { id };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            var document = await api.Client.CancelDocumentAsync(parsed.GetValue(id), ct);
            await terminal.Out.WriteLineAsync($"{document.Status} {Terminal.OneLine(document.Collection)}/{Terminal.OneLine(document.SourceUri)}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Argument<Guid> CreateId() => new("ID") { Description = "The document's id, as in 'aiapp docs --json'." };

    private static async Task PrintAsync(DeletionReceiptDto receipt, Terminal terminal)
    {
        await terminal.Out.WriteLineAsync($"deleted {Terminal.OneLine(receipt.Collection)}/{Terminal.OneLine(receipt.SourceUri)}");
        await terminal.Out.WriteLineAsync($"  {receipt.Versions} versions, {receipt.Chunks} chunks, {receipt.LexicalEntries} lexical entries");
        foreach (var space in receipt.Vectors)
        {
            await terminal.Out.WriteLineAsync($"  {space.Count} vectors of {Terminal.OneLine(space.Model)} ({space.Dimensions} dimensions)");
        }
        var bytes = receipt.FileBytes.ToString("N0", CultureInfo.InvariantCulture);
        await terminal.Out.WriteLineAsync($"  {receipt.Files} files, {receipt.FilesKept} of them kept for other documents; {bytes} bytes removed");
        if (receipt.JobCancelled)
        {
            await terminal.Out.WriteLineAsync("  its upload was still in the queue and is cancelled");
        }
    }
}
