namespace AiApp.Contracts;

/// <summary>An embedding model's space, as <c>GET /api/embedding-spaces</c> tells it.</summary>
public sealed record EmbeddingSpaceDto
{
    public required string Model { get; init; }
    public required int Dimensions { get; init; }

    /// <summary>filling, ready, current or retired.</summary>
    public required string State { get; init; }

    /// <summary>Share of all chunks that have a vector, 0 to 1; 1 only when none can lack one.</summary>
    public required double Coverage { get; init; }

    /// <summary>Speed of the last batch; null when nobody fills the space.</summary>
    public double? ChunksPerSecond { get; init; }

    /// <summary>At that speed.</summary>
    public double? RemainingSeconds { get; init; }
}
