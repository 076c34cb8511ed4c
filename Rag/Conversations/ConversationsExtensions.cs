using AiApp.Rag.Answering;
using AiApp.Rag.Caching;
using AiApp.Rag.Conversations.FollowUps;
using AiApp.Rag.Conversations.Turns;
using AiApp.Rag.Gateway.Routing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Conversations;

public static class ConversationsExtensions
{
    /// <summary>Conversations; needs AddStorage, AddModels and AddAnswering.</summary>
    public static IHostApplicationBuilder AddConversations(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ConversationsOptions>()
            .BindConfiguration(ConversationsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton<ConversationStore>();
        builder.Services.TryAddSingleton<TurnStore>();
        builder.Services.TryAddSingleton(services => new TurnLog(
            services.GetRequiredService<RedisPatience>(), services.GetRequiredService<CacheSignature>(), Options(services)));
        builder.Services.TryAddSingleton(services => new TurnPump(services.GetRequiredService<TurnLog>(), Clock(services)));
        builder.Services.TryAddSingleton(services => new QuestionRewriter(
            services.GetRequiredService<ModelRoutes>(), services.GetRequiredService<IChatClient>(), Options(services), services.GetRequiredService<ILogger<QuestionRewriter>>()));
        builder.Services.TryAddSingleton(services => new TurnRunner(
            services.GetRequiredService<TurnStore>(), services.GetRequiredService<AnswerPipeline>(), services.GetRequiredService<QuestionRewriter>(),
            services.GetRequiredService<TurnPump>(), Options(services), Clock(services), services.GetRequiredService<ILogger<TurnRunner>>()));
        builder.Services.TryAddSingleton(services => new TurnReader(
            services.GetRequiredService<TurnRunner>(), services.GetRequiredService<TurnStore>(), services.GetRequiredService<TurnLog>(), Options(services), Clock(services)));
        builder.Services.TryAddSingleton<TurnStopper>();
        builder.Services.AddHostedService<TurnDrain>();
        return builder;
    }

    private static IOptions<ConversationsOptions> Options(IServiceProvider services) => services.GetRequiredService<IOptions<ConversationsOptions>>();

    private static TimeProvider Clock(IServiceProvider services) => services.GetRequiredService<TimeProvider>();
}
