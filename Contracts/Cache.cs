namespace AiApp.Contracts;

/// <summary>What <c>POST /api/cache/clear</c> did.</summary>
public sealed record CacheClearedDto
{
    /// <summary>False when there is no Redis, or it is out.</summary>
    public required bool Available { get; init; }
    public required int RemovedCount { get; init; }
}
