namespace AiApp.Rag.Jobs;

/// <summary>How much somebody waits for a job; the numbers stand in <c>job.priority</c>.</summary>
public enum JobClass
{
    /// <summary>Somebody sits before it: an upload of a few files.</summary>
    Interactive = 1,

    Normal = 2,

    /// <summary>Large uploads, imports and synchronised sources.</summary>
    Bulk = 3,
}
