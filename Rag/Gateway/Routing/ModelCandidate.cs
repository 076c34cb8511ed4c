using AiApp.Rag.Gateway.Resilience;
using AiApp.Rag.Gateway.Usage;
using AiApp.Rag.Gateway.Usage.Tokens;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Routing;

/// <summary>A model of the configuration, with everything that one call of it passes.</summary>
internal sealed record ModelCandidate
{
    /// <summary>Its name in the configuration.</summary>
    public required string Name { get; init; }

    /// <summary>The provider's name in the configuration.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's own name of the model.</summary>
    public required string Model { get; init; }
    public required ModelAbilities Abilities { get; init; }

    /// <summary>Tokens of prompt and answer together.</summary>
    public required int ContextTokens { get; init; }
    public required int MaxOutputTokens { get; init; }
    public required PriceTable Prices { get; init; }
    public required TokenCounter Counter { get; init; }
    public required CircuitBreaker Breaker { get; init; }
    public required FirstTokenTimes FirstTokens { get; init; }
    public required IChatClient Client { get; init; }

    /// <summary>Quotes sentences and writes none.</summary>
    public bool IsExtractive { get; init; }
}
