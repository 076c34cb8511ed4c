using AiApp.Rag.Jobs;

namespace AiApp.Rag.Ingestion;

/// <summary>How the reading of an upload ended, exceptions apart.</summary>
internal abstract record IngestionOutcome
{
    private IngestionOutcome()
    {
    }

    internal sealed record Read(ReadVersion Version) : IngestionOutcome;

    /// <summary>The document was replaced, deleted or handed to another worker meanwhile; nothing was written.</summary>
    internal sealed record LeaseLost : IngestionOutcome;

    /// <summary>The process that read the document ended, by its fault or not.</summary>
    internal sealed record ParserCrashed : IngestionOutcome;

    /// <summary>No attempt will ever succeed.</summary>
    internal sealed record Refused(JobFailure Failure) : IngestionOutcome;
}
