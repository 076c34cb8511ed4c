using System.Globalization;
using System.Runtime.InteropServices;

namespace AiApp.Benchmarks.Measuring;

/// <summary>Where the figures come from. Memory in MB; the load is the mean number of runnable processes of the last minute, null off Linux.</summary>
internal sealed record Machine(int Cores, long MemoryMb, string System, string Runtime, double? Load)
{
    private const string LoadFile = "/proc/loadavg";

    public static Machine Read() => new(
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        File.Exists(LoadFile) ? double.Parse(File.ReadAllText(LoadFile).Split(' ')[0], CultureInfo.InvariantCulture) : null);
}
