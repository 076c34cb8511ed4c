using System.ComponentModel;
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
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            return 0;
        }
    }

    /// <summary>Of all threads since its start, and of the programs it has running; zero when the process is gone.</summary>
    public static TimeSpan Cpu(Process process)
    {
        try
        {
            process.Refresh();
            return process.TotalProcessorTime + ChildrenOf(process.Id).Aggregate(TimeSpan.Zero, (sum, child) => sum + CpuOf(child));
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
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

    /// <summary>In user and system mode: fields 14 and 15 of its line, counted behind the name in brackets; a hundred ticks a second (proc(5)).</summary>
    private static TimeSpan CpuOf(int id) =>
        ReadProc($"/proc/{id}/stat").Split(") ") is [_, var fields] && fields.Split(' ') is { Length: > 12 } field
            ? TimeSpan.FromSeconds((long.Parse(field[11], CultureInfo.InvariantCulture) + long.Parse(field[12], CultureInfo.InvariantCulture)) / 100.0)
            : TimeSpan.Zero;

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
