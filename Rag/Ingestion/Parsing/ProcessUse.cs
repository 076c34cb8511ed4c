using System.Diagnostics;
using System.Globalization;

namespace AiApp.Rag.Ingestion.Parsing;

/// <summary>What a process and the programs it has started use now. On Linux only, the programs are found.</summary>
internal static class ProcessUse
{
    private const double BytesPerMb = 1024 * 1024;

    /// <summary>Resident memory; 0 when the process is gone.</summary>
    public static double MemoryMb(Process process)
    {
        try
        {
            process.Refresh();
            return process.WorkingSet64 / BytesPerMb + ChildrenOf(process.Id).Sum(ResidentMb);
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    /// <summary>Of all threads since its start; zero when the process is gone.</summary>
    public static TimeSpan Cpu(Process process)
    {
        try
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
        catch (InvalidOperationException)
        {
            return TimeSpan.Zero;
        }
    }

    /// <summary>The processes that it has started, and theirs. Each thread has the children that it started.</summary>
    public static IEnumerable<int> ChildrenOf(int id) =>
        ListThreads(id)
            .SelectMany(thread => ReadProc($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture))
            .SelectMany(child => ChildrenOf(child).Prepend(child));

    private static string[] ListThreads(int id)
    {
        try
        {
            return Directory.Exists($"/proc/{id}/task") ? Directory.GetDirectories($"/proc/{id}/task") : [];
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>Of one process alone.</summary>
    public static double ResidentMb(int id) =>
        ReadProc($"/proc/{id}/statm").Split(' ') is [_, var pages, ..]
            ? long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize / BytesPerMb
            : 0;

    private static string ReadProc(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : "";
        }
        catch (IOException)
        {
            // Gone in this very moment.
            return "";
        }
    }
}
