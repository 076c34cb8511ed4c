using System.Globalization;
using AiApp.Contracts;

namespace AiApp.Cli.Sources;

/// <summary>Sources and their runs for people.</summary>
internal static class SourceText
{
    public static async Task WriteListAsync(Terminal terminal, IReadOnlyList<SourceDto> sources)
    {
        if (sources.Count == 0)
        {
            await terminal.Out.WriteLineAsync("There are no sources. 'aiapp sources add' makes one.");
            return;
        }
        await WriteTableAsync(terminal,
        [
            ["NAME", "KIND", "STATE", "DOCUMENTS", "LAST RUN", "NEXT RUN"],
            .. sources.Select(source => new[]
            {
                Terminal.OneLine(source.Name), source.Kind, source.State, source.DocumentCount.ToString(CultureInfo.InvariantCulture),
                source.LastRun is { } run ? $"{Time(run.StartedAt)} {run.Outcome ?? "running"}" : "-",
                source.Enabled ? Time(source.NextRunAt) : "-",
            }),
        ]);
    }

    public static async Task WriteAsync(Terminal terminal, SourceDto source, IReadOnlyList<SourceRunDto> runs)
    {
        await terminal.Out.WriteLineAsync($"{terminal.Bold(Terminal.OneLine(source.Name))}  {source.State}  {source.Id}");
        await terminal.Out.WriteLineAsync($"  {source.Kind}: {Terminal.OneLine(Place(source))}");
        await terminal.Out.WriteLineAsync($"  {source.DocumentCount} documents in {Terminal.OneLine(source.Collection)}, for {Terminal.OneLine(string.Join(", ", source.Readers))}");
        await terminal.Out.WriteLineAsync($"  every {TimeSpan.FromSeconds(source.IntervalSeconds):c}{(source.Enabled ? $", next {Time(source.NextRunAt)}" : ", disabled")}");
        if (runs.Count == 0)
        {
            return;
        }
        await terminal.Out.WriteLineAsync();
        await WriteTableAsync(terminal,
        [
            ["RUN", "OUTCOME", "LISTED", "ADDED", "CHANGED", "UNCHANGED", "DELETED", "REJECTED", "FAILED", "HELD"],
            .. runs.Select(run => new[]
            {
                Time(run.StartedAt), run.Outcome ?? "running", $"{run.Listed}", $"{run.Added}", $"{run.Changed}", $"{run.Unchanged}", $"{run.Deleted}",
                $"{run.Rejected}", $"{run.Failed}", $"{run.Held}",
            }),
        ]);
        foreach (var problem in runs[0].Problems)
        {
            await terminal.Out.WriteLineAsync($"  {(problem.Item.Length == 0 ? "the source" : Terminal.OneLine(problem.Item))}  {problem.Code}: {Terminal.OneLine(problem.Reason)}");
        }
        if (runs[0].Held > 0)
        {
            await terminal.Out.WriteLineAsync($"  {runs[0].Held} deletions are held. If they are meant: aiapp sources confirm \"{Terminal.OneLine(source.Name)}\"");
        }
    }

    private static string Place(SourceDto source) => source switch
    {
        { Folder: { } folder } => folder.Path,
        { Git: { } git } => $"{git.Repository}{(git.Branch is null ? "" : $" @{git.Branch}")}{(git.Folder is null ? "" : $" /{git.Folder.TrimStart('/')}")}",
        { Web: { } web } => string.Join(", ", [.. web.Urls ?? [], .. web.Sitemaps ?? []]),
        { AzureBlob: { } blob } => $"{blob.AccountUrl ?? blob.Secret}/{blob.Container}/{blob.Prefix}",
        _ => "",
    };

    private static async Task WriteTableAsync(Terminal terminal, IReadOnlyList<string[]> rows)
    {
        var widths = rows[0].Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            await terminal.Out.WriteLineAsync(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
