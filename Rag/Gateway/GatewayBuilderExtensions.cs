using AiApp.Rag.Gateway.Protocol;
using AiApp.Rag.Gateway.Resilience;
using AiApp.Rag.Gateway.Routing;
using AiApp.Rag.Gateway.Structured;
using AiApp.Rag.Gateway.Usage;
using AiApp.Rag.Gateway.Usage.Tokens;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Gateway;

/// <summary>The stages of a model call, each by one word; the first is the outermost.</summary>
internal static class GatewayBuilderExtensions
{
    public static ChatClientBuilder UseDeadline(this ChatClientBuilder builder) =>
        builder.Use((inner, services) => new DeadlineChatClient(inner, Options(services), Clock(services)));

    public static ChatClientBuilder UseRetries(this ChatClientBuilder builder) =>
        builder.Use((inner, services) => new RetryingChatClient(inner, services.GetRequiredService<RetryBudget>(), Options(services), Clock(services)));

    public static ChatClientBuilder UseStructure(this ChatClientBuilder builder, ModelAbilities abilities, int contextTokens, TokenCounter counter) =>
        builder.Use((inner, services) => new StructuredChatClient(inner, abilities, contextTokens, counter, Options(services), Clock(services)));

    public static ChatClientBuilder UseBreaker(this ChatClientBuilder builder, CircuitBreaker breaker) =>
        builder.Use(inner => new BreakerChatClient(inner, breaker));

    public static ChatClientBuilder UseBudget(this ChatClientBuilder builder, CallMeter meter) =>
        builder.Use(inner => new BudgetChatClient(inner, meter));

    /// <summary>Right behind the stage that makes the span of the call.</summary>
    public static ChatClientBuilder UseSpan(this ChatClientBuilder builder) => builder.Use(inner => new TracedChatClient(inner));

    public static ChatClientBuilder UseTimeouts(this ChatClientBuilder builder, CallTimeouts timeouts) =>
        builder.Use((inner, services) => new TimeoutChatClient(inner, timeouts, Clock(services)));

    public static ChatClientBuilder UseProtocol(this ChatClientBuilder builder, string provider) =>
        builder.Use(inner => new ProtocolChatClient(inner, provider));

    public static EmbeddingGeneratorBuilder<string, Embedding<float>> UseBreaker(
        this EmbeddingGeneratorBuilder<string, Embedding<float>> builder, CircuitBreaker breaker) =>
        builder.Use(inner => new BreakerEmbeddingGenerator(inner, breaker));

    public static EmbeddingGeneratorBuilder<string, Embedding<float>> UseBudget(
        this EmbeddingGeneratorBuilder<string, Embedding<float>> builder, CallMeter meter) =>
        builder.Use(inner => new BudgetEmbeddingGenerator(inner, meter));

    public static EmbeddingGeneratorBuilder<string, Embedding<float>> UseTimeouts(
        this EmbeddingGeneratorBuilder<string, Embedding<float>> builder, CallTimeouts timeouts) =>
        builder.Use((inner, services) => new TimeoutEmbeddingGenerator(inner, timeouts, Clock(services)));

    public static EmbeddingGeneratorBuilder<string, Embedding<float>> UseProtocol(
        this EmbeddingGeneratorBuilder<string, Embedding<float>> builder, string provider) =>
        builder.Use(inner => new ProtocolEmbeddingGenerator(inner, provider));

    private static IOptions<GatewayOptions> Options(IServiceProvider services) => services.GetRequiredService<IOptions<GatewayOptions>>();

    private static TimeProvider Clock(IServiceProvider services) => services.GetRequiredService<TimeProvider>();
}
