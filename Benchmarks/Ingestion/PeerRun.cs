using System.Diagnostics;
using Npgsql;

namespace AiApp.Benchmarks.Ingestion;

/// <summary>LangChain.js with its PGVectorStore, on the same files and the same server, by a script that prints a table.</summary>
internal sealed class PeerRun(DirectoryInfo folder, string connection)
{
    private const string Script = "ingest.mjs";

    public async Task<string> MeasureAsync(DirectoryInfo corpus, IEnumerable<string> files, CancellationToken ct)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo("node", [Script, corpus.FullName])
        {
            WorkingDirectory = folder.FullName,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment =
            {
                ["PGHOST"] = settings.Host,
                ["PGPORT"] = $"{settings.Port}",
                ["PGUSER"] = settings.Username,
                ["PGPASSWORD"] = settings.Password,
                ["PGDATABASE"] = settings.Database,
            },
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        var printed = process.StandardOutput.ReadToEndAsync(ct);
        foreach (var file in files)
        {
            await process.StandardInput.WriteLineAsync(Path.GetRelativePath(corpus.FullName, file).AsMemory(), ct);
        }
        process.StandardInput.Close();
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0 ? await printed : $"The peer ended with code {process.ExitCode}.\n";
    }
}
