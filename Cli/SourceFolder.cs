using AiApp.Contracts;

namespace AiApp.Cli;

internal sealed record SourceFile(string Path, string SourceUri, long SizeBytes);

/// <summary>The files of a folder that the Api can read, in batches that it accepts.</summary>
internal static class SourceFolder
{
    public const int MaxBatchFiles = 50;
    public const long MaxBatchBytes = 8 * 1024 * 1024;

    /// <summary>Sorted by source URI, which is the path below the folder with forward slashes.</summary>
    public static IReadOnlyList<SourceFile> List(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"'{folder}' is not a folder.");
        }
        return [.. Walk(new DirectoryInfo(folder))
            .Select(f => new SourceFile(f.FullName, Path.GetRelativePath(folder, f.FullName).Replace('\\', '/'), f.Length))
            .OrderBy(f => f.SourceUri, StringComparer.Ordinal)];
    }

    /// <summary>A file larger than a whole batch travels alone; the Api says whether it is too large.</summary>
    public static IEnumerable<IReadOnlyList<SourceFile>> Batch(IReadOnlyList<SourceFile> files)
    {
        var batch = new List<SourceFile>();
        long bytes = 0;
        foreach (var file in files)
        {
            if (batch.Count > 0 && (batch.Count == MaxBatchFiles || bytes + file.SizeBytes > MaxBatchBytes))
            {
                yield return batch;
                batch = [];
                bytes = 0;
            }
            batch.Add(file);
            bytes += file.SizeBytes;
        }
        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles()
            .Where(f => !f.Name.StartsWith('.') && DocumentFormats.Extensions.Contains(f.Extension, StringComparer.OrdinalIgnoreCase))
            // A link to a folder is not followed: it may lead out of the tree, or back into it.
            .Concat(folder.EnumerateDirectories()
                .Where(d => !d.Name.StartsWith('.') && d.LinkTarget is null)
                .SelectMany(Walk));
}
