using AiApp.Rag.Answering.Grounding;
using AiApp.Rag.Answering.Replays;
using AiApp.Rag.Caching;
using AiApp.Rag.Gateway.Routing;
using AiApp.Rag.Gateway.Structured;
using AiApp.Rag.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Answering;

public static class AnsweringExtensions
{
    /// <summary>Answering; needs AddStorage, AddModels and AddRetrieval.</summary>
    public static IHostApplicationBuilder AddAnswering(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<AnsweringOptions>()
            .BindConfiguration(AnsweringOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.AddCaching();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<AnswerStore>();
        builder.Services.TryAddSingleton<AnswerEvaluations>();
        builder.Services.TryAddSingleton(services => new AnswerRepair(
            services.GetRequiredService<IChatClient>(), services.GetRequiredService<ModelRoutes>(), services.GetRequiredService<IOptions<AnsweringOptions>>(),
            services.GetRequiredService<ILogger<AnswerRepair>>()));
        builder.Services.TryAddSingleton(services => new AnswerJudge(
            services.GetRequiredService<StructuredOutput>(), services.GetRequiredService<ModelRoutes>(), services.GetRequiredService<IOptions<ModelsOptions>>(),
            services.GetRequiredService<IOptions<AnsweringOptions>>(), services.GetRequiredService<ILogger<AnswerJudge>>()));
        builder.Services.TryAddSingleton<AnswerPipeline>();
        builder.Services.TryAddSingleton<ReplayStore>();
        builder.Services.TryAddSingleton(services => new AnswerReplayer(
            services.GetRequiredService<AnswerStore>(), services.GetRequiredService<ReplayStore>(), services.GetRequiredService<AnswerPipeline>(),
            services.GetRequiredService<ModelRoutes>()));
        return builder;
    }
}
