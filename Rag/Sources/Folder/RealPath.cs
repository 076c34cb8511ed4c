using Microsoft.Win32.SafeHandles;

namespace AiApp.Rag.Sources.Folder;

/// <summary>Where a path leads when every link on the way is followed.</summary>
internal static class RealPath
{
    // As many as Linux follows. What stands behind them is not known, so it is not below anything.
    private const int MaxLinks = 40;

    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        var root = Path.GetPathRoot(full)!;
        var (real, links) = (root, 0);
        var rest = new Stack<string>(full[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse());
        while (rest.TryPop(out var segment))
        {
            real = segment == ".." ? Path.GetDirectoryName(real) ?? root : Path.Combine(real, segment);
            if (new FileInfo(real).LinkTarget is { } target)
            {
                if (++links > MaxLinks)
                {
                    throw new SourceException(SourceCodes.Forbidden, "The path leads through too many links.");
                }
                var (from, to) = Path.IsPathFullyQualified(target) ? (Path.GetPathRoot(target)!, target) : (Path.GetDirectoryName(real) ?? root, target);
                real = from;
                foreach (var part in to[(Path.IsPathFullyQualified(to) ? from.Length : 0)..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse())
                {
                    if (part != ".")
                    {
                        rest.Push(part);
                    }
                }
            }
        }
        return real;
    }

    /// <summary>The folder itself is below itself.</summary>
    public static bool IsBelow(string path, string folder) =>
        path == folder || path.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Where the file that is open stands, whatever has been put into its path since; null where the system does not tell.</summary>
    public static string? Of(SafeFileHandle handle) => OperatingSystem.IsLinux()
        ? new FileInfo($"/proc/self/fd/{handle.DangerousGetHandle()}").LinkTarget
        : null;
}
