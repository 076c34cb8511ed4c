using System.Runtime.CompilerServices;

namespace AiApp.Rag.Sources.Folder;

/// <summary>
/// Files below a folder, links not followed, names that begin with a dot left out. The fingerprint is size and time of the
/// last change; what was only touched is told by its bytes when it is stored.
/// </summary>
internal sealed class FolderConnector(FolderRoots roots) : ISourceConnector
{
    // A file may grow while it is listed; what grows beyond this is looked at by the next run.
    private const long Growth = 1024 * 1024;

    private static readonly EnumerationOptions Visible = new()
    {
        // A folder that cannot be entered must not look like one whose files are gone.
        IgnoreInaccessible = false,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    public bool CanRead(SourceSettings settings) => settings is FolderSettings;

    public async IAsyncEnumerable<SourceItem> ListAsync(SourceReading reading, [EnumeratorCancellation] CancellationToken ct)
    {
        var folder = Open(reading);
        foreach (var file in Files(folder))
        {
            ct.ThrowIfCancellationRequested();
            yield return file;
        }
        // Told apart from a folder that was emptied: a mount that went away in the middle.
        Open(reading);
        await Task.CompletedTask;
    }

    public async Task<ItemContent> ReadAsync(SourceReading reading, SourceItem item, CancellationToken ct)
    {
        var folder = Open(reading);
        try
        {
            await using var file = new FileStream(Path.Combine(folder, item.Path), new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
            // A link may have taken the file's or a folder's place since it was listed.
            var real = RealPath.Of(file.SafeFileHandle) ?? RealPath.Of(file.Name);
            if (!RealPath.IsBelow(real, folder))
            {
                throw new SourceException(SourceCodes.Forbidden, "The file is reached by a link that leads outside of the folder.");
            }
            if (file.Length > item.SizeBytes + Growth)
            {
                throw new SourceException(SourceCodes.NotFound, "The file grew while it was read: the next run looks again.");
            }
            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, ct);
            return new ItemContent(bytes);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException or EndOfStreamException)
        {
            throw new SourceException(SourceCodes.NotFound, "The file changed or vanished while it was read: the next run looks again.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SourceException(SourceCodes.Forbidden, "The file cannot be read by the service: check its permissions.", failure);
        }
    }

    private string Open(SourceReading reading)
    {
        var settings = (FolderSettings)reading.Settings;
        return roots.Open(settings.Path, settings.Local);
    }

    /// <summary>Goes through every folder that can be listed before it says that one cannot.</summary>
    private static IEnumerable<SourceItem> Files(string root)
    {
        Exception? closed = null;
        var folders = new Stack<DirectoryInfo>([new DirectoryInfo(root)]);
        while (folders.TryPop(out var folder))
        {
            var (entries, failure) = List(folder);
            closed ??= failure;
            foreach (var entry in entries)
            {
                if (entry is DirectoryInfo below)
                {
                    folders.Push(below);
                }
                else if (Read(root, (FileInfo)entry) is { } item)
                {
                    yield return item;
                }
            }
        }
        if (closed is not null)
        {
            throw new SourceException(SourceCodes.Unreachable, "A part of the folder cannot be listed: check permissions and mounts.", closed);
        }
    }

    private static (IReadOnlyList<FileSystemInfo> Entries, Exception? Failure) List(DirectoryInfo folder)
    {
        try
        {
            return ([.. folder.EnumerateFileSystemInfos("*", Visible).OrderBy(entry => entry.Name, StringComparer.Ordinal)], null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ([], failure);
        }
    }

    private static SourceItem? Read(string folder, FileInfo file)
    {
        try
        {
            return new SourceItem
            {
                Path = Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'),
                Fingerprint = $"{file.Length}-{file.LastWriteTimeUtc.Ticks * TimeSpan.NanosecondsPerTick}",
                SizeBytes = file.Length,
                ModifiedAt = new DateTimeOffset(file.LastWriteTimeUtc),
            };
        }
        catch (FileNotFoundException)
        {
            return null; // Gone between its name and its size.
        }
    }
}
