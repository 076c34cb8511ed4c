using AiApp.Rag.Gateway.Resilience;
using AiApp.Rag.Gateway.Usage;
using AiApp.Rag.Gateway.Usage.Tokens;
using AiApp.Rag.Models;
using AiApp.Rag.Models.Local;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Gateway.Routing;

/// <summary>Builds what the configuration names: each model once, with all the stages that a call of it passes.</summary>
internal sealed class CandidateFactory(
    IOptions<ModelsOptions> models, Tokenizers tokenizers, IOptions<GatewayOptions> options, ProviderClients clients, IUsageLedger ledger, HedgeBudget hedges,
    ModelHealth health, IServiceProvider services, ILoggerFactory logging, TimeProvider clock)
{
    public ModelRoutes CreateRoutes()
    {
        var known = new Dictionary<string, ModelCandidate>(StringComparer.Ordinal);
        var routes = ModelsOptions.Steps.ToDictionary(
            step => Enum.Parse<ModelStep>(step, ignoreCase: true),
            step => (IReadOnlyList<ModelCandidate>)[.. NamesOf(step).Select(name => known.TryGetValue(name, out var made) ? made : known[name] = Create(name))]);
        return new(routes, clock);
    }

    public IEmbeddingGenerator<string, Embedding<float>> CreateEmbeddings(EmbeddingOptions model)
    {
        var isLocal = model.Provider == ModelsOptions.Local;
        var inner = isLocal ? new LocalEmbeddingGenerator(model.Model) : clients.Embeddings(model.Provider, model.Model, model.Dimensions);
        return isLocal
            // Nothing bears what costs nothing and leaves nobody waiting.
            ? inner.AsBuilder().UseOpenTelemetry(logging, RagTelemetry.ModelsName).Build(services)
            : inner.AsBuilder()
                .UseBreaker(health.Watch(ModelHealth.Embedding, model.Provider, model.Model, NewBreaker()))
                .UseBudget(NewMeter(model.Provider, model.Model, PriceOptions.ToTable(model.Prices), CounterOf(model.Tokenizer)))
                .UseOpenTelemetry(logging, RagTelemetry.ModelsName)
                .UseTimeouts(TimeoutsOf(model.Provider))
                .UseProtocol(model.Provider)
                .Build(services);
    }

    private IEnumerable<string> NamesOf(string step)
    {
        var routes = models.Value.Routes;
        return routes.Keys.FirstOrDefault(key => key.Equals(step, StringComparison.OrdinalIgnoreCase)) is { } own ? routes[own]
            : step != ModelsOptions.Steps[0] ? NamesOf(ModelsOptions.Steps[0])
            : [models.Value.Provider == ModelsOptions.Local ? ModelsOptions.Local : models.Value.OpenAI.ChatModel];
    }

    private ModelCandidate Create(string name)
    {
        if (name == ModelsOptions.Local)
        {
            return Local();
        }
        var model = models.Value.AllChatModels[name];
        var id = model.Model.Length > 0 ? model.Model : name;
        var breaker = health.Watch(ModelHealth.Chat, model.Provider, id, NewBreaker());
        var prices = PriceOptions.ToTable(model.Prices);
        var counter = CounterOf(model.Tokenizer);
        return new()
        {
            Name = name,
            Provider = model.Provider,
            Model = id,
            Abilities = model.AbilityFlags,
            ContextTokens = model.ContextTokens,
            MaxOutputTokens = model.MaxOutputTokens,
            Prices = prices,
            Counter = counter,
            Breaker = breaker,
            FirstTokens = new(),
            Client = clients.Chat(model.Provider, id).AsBuilder()
                .UseStructure(model.AbilityFlags, model.ContextTokens, counter)
                .UseBreaker(breaker)
                .UseBudget(NewMeter(model.Provider, id, prices, counter))
                .UseOpenTelemetry(logging, RagTelemetry.ModelsName)
                .UseSpan()
                .UseTimeouts(TimeoutsOf(model.Provider))
                .UseProtocol(model.Provider)
                .Build(services),
        };
    }

    /// <summary>Costs nothing, waits for nobody, and has no limits of its own.</summary>
    private ModelCandidate Local() => new()
    {
        Name = ModelsOptions.Local,
        Provider = ModelsOptions.Local,
        Model = LocalChatClient.ModelId,
        Abilities = ModelAbilities.None,
        ContextTokens = int.MaxValue,
        MaxOutputTokens = int.MaxValue / 2,
        Prices = PriceTable.Free,
        Counter = TokenCounter.Estimating,
        Breaker = NewBreaker(),
        FirstTokens = new(),
        Client = new LocalChatClient().AsBuilder().UseOpenTelemetry(logging, RagTelemetry.ModelsName).UseSpan().Build(services),
        IsExtractive = true,
    };

    public CircuitBreaker NewBreaker() => new(options.Value.BreakAfter, TimeSpan.FromSeconds(options.Value.BreakSeconds), clock);

    public TokenCounter CounterOf(string tokenizer) => tokenizers.CounterFor(tokenizer, models.Value);

    public CallMeter NewMeter(string provider, string model, PriceTable prices, TokenCounter counter) =>
        new(provider, model, prices, counter, ledger, hedges, TimeSpan.FromSeconds(options.Value.ReservationSeconds), clock);

    private CallTimeouts TimeoutsOf(string provider)
    {
        var settings = models.Value.AllProviders[provider];
        return new(
            TimeSpan.FromSeconds(settings.FirstTokenSeconds), TimeSpan.FromSeconds(settings.BetweenTokensSeconds), TimeSpan.FromSeconds(settings.WholeSeconds));
    }
}
