namespace AiApp.Rag.Documents;

/// <summary>
/// Something that happened to an upload. <see cref="Kind"/> is one of the words of the constraint <c>job_event_kind_is_known</c>, drawn in
/// docs/job-states.md.
/// </summary>
public sealed record DocumentEvent
{
    public required DateTimeOffset At { get; init; }
    public required string Kind { get; init; }
    public required int Attempt { get; init; }

    /// <summary>Where the attempt ended.</summary>
    public string? Stage { get; init; }
    public string? Code { get; init; }
    public string? Reason { get; init; }

    /// <summary>Milliseconds by stage, of an attempt that ended in a publication. Null otherwise.</summary>
    public IReadOnlyDictionary<string, double>? Stages { get; init; }
}
