using AiApp.Rag.Gateway.Resilience;
using AiApp.Rag.Gateway.Routing;
using AiApp.Rag.Gateway.Structured;
using AiApp.Rag.Gateway.Usage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Gateway;

public static class GatewayExtensions
{
    /// <summary>The one way to a chat model; needs storage and the models of the configuration.</summary>
    internal static IHostApplicationBuilder AddGateway(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        // It logs every exception of a provider with its text, which may quote a prompt, and every reader who leaves as a warning. What
        // became of a call is in its attempt, its span and the ledger.
        builder.Logging.AddFilter("Microsoft.Extensions.AI.OpenTelemetryChatClient", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.Extensions.AI.OpenTelemetryEmbeddingGenerator", LogLevel.None);
        services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new RetryBudget(provider.GetRequiredService<IOptions<GatewayOptions>>().Value.RetryShare));
        services.TryAddSingleton(provider => new HedgeBudget(
            provider.GetRequiredService<IOptions<GatewayOptions>>().Value.HedgeShare, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<BreakerProbes>();
        services.TryAddSingleton<ModelHealth>();
        services.TryAddSingleton<ModelHealthStore>();
        services.AddHostedService<ModelHealthReporter>();
        services.TryAddSingleton<UsageStore>();
        services.TryAddSingleton<BudgetStore>();
        services.TryAddSingleton<IUsageLedger, UsageLedger>();
        services.TryAddSingleton<RejectedOutputs>();
        services.TryAddSingleton<StructuredOutput>();
        services.TryAddSingleton<CandidateFactory>();
        services.TryAddSingleton(provider => provider.GetRequiredService<CandidateFactory>().CreateRoutes());
        services.TryAddSingleton<IChatClient>(provider => new ChatClientBuilder(ActivatorUtilities.CreateInstance<RoutedChatClient>(provider))
            .UseDeadline()
            .UseRetries()
            .Build(provider));
        return builder;
    }
}
