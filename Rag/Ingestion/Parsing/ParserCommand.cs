using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace AiApp.Rag.Ingestion.Parsing;

/// <summary>How a parser process is started.</summary>
internal sealed record ParserCommand(string FileName, IReadOnlyList<string> Arguments)
{
    // The heap's share of the memory: the runtime, stacks and what else is mapped take the rest.
    private const double HeapShare = 0.7;
    private const int BytesPerMb = 1024 * 1024;

    // A document's reader needs no secret: connection strings and keys of the parent's environment stay with the parent.
    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "LANG", "LC_ALL", "DOTNET_ROOT", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"];

    /// <summary>This program itself.</summary>
    public static ParserCommand Self()
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("The program has no path: parsers cannot be started.");
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? new(program, [Assembly.GetEntryAssembly()!.Location, ParserProcess.Argument])
            : new(program, [ParserProcess.Argument]);
    }

    public ProcessStartInfo ToStartInfo(ParsingOptions options)
    {
        var start = new ProcessStartInfo(FileName, Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        var kept = Inherited.Where(start.Environment.ContainsKey).ToDictionary(name => name, name => start.Environment[name]);
        start.Environment.Clear();
        foreach (var (name, value) in kept)
        {
            start.Environment[name] = value;
        }
        start.Environment["DOTNET_GCHeapHardLimit"] = ((long)(options.MemoryMb * HeapShare * BytesPerMb)).ToString("x", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        // A crash must leave no dump with a document's text.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return start;
    }
}
