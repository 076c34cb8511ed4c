using System.ComponentModel.DataAnnotations;

namespace AiApp.Rag.Ingestion.Indexing;

public sealed class IndexingOptions
{
    public const string Section = "Indexing";

    /// <summary>
    /// Waiting documents from which on vectors are written without the distance index, which is built when they are through.
    /// Searches compare every vector meanwhile. 0: never.
    /// </summary>
    [Range(0, 10_000_000)]
    public int BulkDocuments { get; set; } = 1000;

    /// <summary>Vectors above which no search may compare them all: the index is built, or kept, whatever waits. 250,000 of 384 dimensions take about 0.1 s.</summary>
    [Range(1000, 100_000_000)]
    public long MaxExactVectors { get; set; } = 250_000;

    /// <summary>Memory of the server that building may take, in MB. A graph that does not fit is built from the disk, ten times slower.</summary>
    [Range(64, 1_000_000)]
    public int BuildMemoryMb { get; set; } = 1024;

    /// <summary>How often queue and indexes are looked at; three looks without a queue are what a build waits for.</summary>
    [Range(1, 3600)]
    public int LookSeconds { get; set; } = 2;
}
