using AiApp.Rag.Agents.Mcp;
using AiApp.Rag.Agents.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Agents;

public static class AgentsExtensions
{
    /// <summary>The agent and its worker; needs AddStorage, AddModels, AddRetrieval and AddAnswering.</summary>
    public static IHostApplicationBuilder AddAgents(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        // It tells messages at Trace and exceptions with their texts, which may quote documents.
        builder.Logging.AddFilter("ModelContextProtocol", LogLevel.None);
        services.AddOptions<AgentOptions>().BindConfiguration(AgentOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AgentSignal>();
        services.TryAddSingleton<AgentStore>();
        services.TryAddSingleton<AgentQueue>();
        services.TryAddSingleton<ToolStore>();
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IAgentTool, SearchTool>(),
            ServiceDescriptor.Singleton<IAgentTool, OpenDocumentTool>(),
            ServiceDescriptor.Singleton<IAgentTool, CalculateTool>(),
            ServiceDescriptor.Singleton<IAgentTool, CurrentDateTool>(),
            ServiceDescriptor.Singleton<IAgentTool, ListCollectionsTool>(),
        ]);
        services.TryAddSingleton<McpTools>();
        services.TryAddSingleton<ToolBox>();
        services.TryAddSingleton<AgentModel>();
        services.TryAddSingleton<AgentAnswers>();
        services.TryAddSingleton<AgentLoop>();
        services.TryAddSingleton(provider => new AgentRuns(
            provider.GetRequiredService<AgentStore>(), provider.GetRequiredService<AgentModel>(), provider.GetRequiredService<AgentSignal>(),
            provider.GetRequiredService<IOptions<AgentOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<AgentWorker>();
        return builder;
    }
}
