using System.Collections.Concurrent;

namespace AiApp.Rag.Gateway.Resilience;

/// <summary>The breakers of this process, one for each model that it calls.</summary>
internal sealed class ModelHealth
{
    public const string Chat = "chat";
    public const string Embedding = "embedding";
    public const string Rerank = "rerank";

    private readonly ConcurrentDictionary<(string Kind, string Provider, string Model), CircuitBreaker> _breakers = [];

    public IEnumerable<WatchedModel> All => _breakers
        .Select(pair => new WatchedModel(pair.Key.Kind, pair.Key.Provider, pair.Key.Model, pair.Value.State))
        .OrderBy(model => (model.Kind, model.Provider, model.Model));

    /// <summary>Returns the breaker that it is told of.</summary>
    public CircuitBreaker Watch(string kind, string provider, string model, CircuitBreaker breaker) => _breakers[(kind, provider, model)] = breaker;
}

/// <summary>A model of a provider as this process finds it.</summary>
internal sealed record WatchedModel(string Kind, string Provider, string Model, BreakerState State);
