using AiApp.Contracts;
using System.CommandLine;

namespace AiApp.Cli;

internal static class IngestCommand
{
    public static Command Create(ConnectionOptions connection, Terminal terminal)
    {
        var folder = new Argument<string>("FOLDER") { Description = $"Folder of documents ({DocumentFormats.Names}); read with its subfolders." };
        var collection = new Option<string?>("--collection") { Description = "Collection that receives the documents." };
        var readers = new Option<string?>("--readers")
        {
            Description = "Who may read the documents, separated by commas: everyone, group:hr, user:anna. You must be one of them. "
                + "Default: everyone for new documents; others keep their readers.",
            HelpName = "PRINCIPALS",
        };
        var check = new Option<bool>("--check") { Description = "Send nothing: say what an upload would do with each file that is not unchanged." };
        var command = new Command("ingest", "Uploads a folder and follows its documents until each is ready or failed.")
        {
            folder, collection, readers, check,
        };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            var files = SourceFolder.List(parsed.GetValue(folder)!);
            if (files.Count == 0)
            {
                throw new UsageException($"'{parsed.GetValue(folder)}' holds no .md, .txt, .html or .htm file.");
            }
            using var api = connection.Open(parsed);
            if (parsed.GetValue(check))
            {
                return await new FolderCheck(api.Client, parsed.GetValue(collection), terminal).RunAsync(files, ct) ? ExitCodes.Done : ExitCodes.Failed;
            }
            var upload = new FolderUpload(api.Client, parsed.GetValue(collection), parsed.GetValue(readers)?.Split(','));
            var report = await UploadProgress.ShowAsync(terminal, progress => upload.RunAsync(files, progress, ct));
            await PrintAsync(report, terminal);
            return report.Failures.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }

    private static async Task PrintAsync(UploadReport report, Terminal terminal)
    {
        foreach (var failure in report.Failures)
        {
            await terminal.Error.WriteLineAsync($"failed: {Terminal.OneLine(failure.SourceUri)}: {Terminal.OneLine(failure.Reason)}");
        }
        var seconds = report.Elapsed.TotalSeconds;
        await terminal.Out.WriteLineAsync(
            $"{report.Files} files: {report.Ready} ready, {report.Unchanged} unchanged, {report.Failures.Count} failed");
        await terminal.Out.WriteLineAsync(
            $"{report.Chunks} chunks in {seconds:0.0} s ({report.Chunks / Math.Max(seconds, 0.001):0} chunks/s)");
    }
}
