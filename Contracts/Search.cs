namespace AiApp.Contracts;

public sealed record SearchRequest
{
    public required string Query { get; init; }
    public string? Collection { get; init; }

    /// <summary>How many passages, 1 to 50; 10 when absent.</summary>
    public int? Top { get; init; }
}

public sealed record SearchResultDto
{
    public required IReadOnlyList<PassageDto> Passages { get; init; }
    public required IReadOnlyList<StageDto> Stages { get; init; }

    /// <summary>Names the weights and depths that were in force; null when there was nothing to search.</summary>
    public string? ConfigurationId { get; init; }

    /// <summary>How the passages are less than what was asked for: words of <see cref="Degradations"/>; empty as a rule.</summary>
    public IReadOnlyList<string> Degraded { get; init; } = [];
}
