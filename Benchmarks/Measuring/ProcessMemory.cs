using System.Globalization;

namespace AiApp.Benchmarks.Measuring;

/// <summary>Memory of processes in MB; pages that several share are counted once in the sum of Pss.</summary>
internal static class ProcessMemory
{
    public static double OwnMb()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64 / (1024.0 * 1024);
    }

    /// <summary>Null when the processes are on another machine or may not be looked into.</summary>
    public static double? PssMb(IEnumerable<int> processIds)
    {
        var sum = 0.0;
        foreach (var id in processIds)
        {
            try
            {
                var line = File.ReadLines($"/proc/{id}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal));
                sum += double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
        return sum;
    }
}
