using System.Security.Cryptography;
using AiApp.Contracts;

namespace AiApp.Cli;

/// <summary>Asks what an upload of files would do, and prints it.</summary>
internal sealed class FolderCheck(AiAppClient client, string? collection, Terminal terminal)
{
    // Both ends of so many files are less than the Api takes at once.
    private const int MaxFiles = 100;
    private const int EndBytes = 4 * 1024;

    /// <summary>Whether no file would be rejected.</summary>
    public async Task<bool> RunAsync(IReadOnlyList<SourceFile> files, CancellationToken ct)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var part in files.Chunk(MaxFiles))
        {
            var request = new DocumentCheckRequest { Collection = collection, Files = await ReadAsync(part, ct) };
            foreach (var file in (await client.CheckDocumentsAsync(request, ct)).Files)
            {
                counts[file.Outcome] = counts.GetValueOrDefault(file.Outcome) + 1;
                await PrintAsync(file);
            }
        }
        await terminal.Out.WriteLineAsync($"{files.Count} files: {string.Join(", ", counts.Select(count => $"{count.Value} {count.Key}"))}");
        return !counts.ContainsKey(CheckOutcomes.Rejected);
    }

    private async Task PrintAsync(CheckedFileDto file)
    {
        if (file.Outcome == CheckOutcomes.Unchanged && file.Problem is null)
        {
            return;
        }
        var note = file.DuplicateOf is { } copy ? $" (as {Terminal.OneLine(copy.Collection)}/{Terminal.OneLine(copy.SourceUri)})"
            : file.Problem is { } problem ? $": {Terminal.OneLine(problem.Detail ?? problem.Title ?? "")} (code {problem.Code})"
            : "";
        await terminal.Out.WriteLineAsync($"{file.Outcome,-9} {Terminal.OneLine(file.SourceUri)}{note}");
    }

    private static async Task<IReadOnlyList<CheckedFileRequest>> ReadAsync(IEnumerable<SourceFile> files, CancellationToken ct)
    {
        var requests = new List<CheckedFileRequest>();
        foreach (var file in files)
        {
            await using var content = File.OpenRead(file.Path);
            var hash = await SHA256.HashDataAsync(content, ct);
            requests.Add(new()
            {
                Path = file.SourceUri,
                SizeBytes = content.Length,
                Sha256 = Convert.ToHexStringLower(hash),
                FirstBytes = await ReadAtAsync(content, 0, ct),
                LastBytes = await ReadAtAsync(content, Math.Max(0, content.Length - EndBytes), ct),
            });
        }
        return requests;
    }

    private static async Task<byte[]> ReadAtAsync(FileStream content, long position, CancellationToken ct)
    {
        content.Position = position;
        var buffer = new byte[Math.Min(EndBytes, content.Length - position)];
        var length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return buffer[..length];
    }
}
