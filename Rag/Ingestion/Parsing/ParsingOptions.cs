using System.ComponentModel.DataAnnotations;

namespace AiApp.Rag.Ingestion.Parsing;

/// <summary>What reading one document may take before it is given up.</summary>
public sealed class ParsingOptions
{
    public const string Section = "Parsing";

    /// <summary>Parser processes beside the Ingestor; each reads one document at a time.</summary>
    [Range(1, 64)]
    public int Processes { get; set; } = 2;

    /// <summary>More processes for documents that take longer than two seconds: those behind them do not wait.</summary>
    [Range(0, 64)]
    public int SlowProcesses { get; set; } = 2;

    [Range(1, 3600)]
    public int WallSeconds { get; set; } = 50;

    /// <summary>Of the processor, over all threads.</summary>
    [Range(1, 3600)]
    public int CpuSeconds { get; set; } = 30;

    /// <summary>Resident memory of a parser process and of the programs it starts.</summary>
    [Range(128, 65_536)]
    public int MemoryMb { get; set; } = 512;

    /// <summary>Documents after which a parser process is replaced, so that nothing grows for ever.</summary>
    [Range(1, 1_000_000)]
    public int DocumentsPerProcess { get; set; } = 200;
}
