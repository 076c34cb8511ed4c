using AiApp.Rag.Documents;
using AiApp.Rag.Sources.Archives;
using AiApp.Rag.Sources.AzureBlob;
using AiApp.Rag.Sources.Folder;
using AiApp.Rag.Sources.Git;
using AiApp.Rag.Sources.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AiApp.Rag.Sources;

public static class SourcesExtensions
{
    /// <summary>Managing and running sources; needs storage and documents.</summary>
    public static IHostApplicationBuilder AddSources(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SourcesOptions>().BindConfiguration(SourcesOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SourcesOptions>, SourcesOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<FolderRoots>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISourceConnector, FolderConnector>());
        services.TryAddSingleton<IHostResolver, SystemResolver>();
        services.TryAddSingleton<AddressRules>();
        services.TryAddSingleton<PermittedHosts>();
        services.TryAddSingleton<GuardedHttp>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISourceConnector, WebConnector>());
        services.TryAddSingleton<Secrets>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISourceConnector, GitConnector>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISourceConnector, AzureBlobConnector>());
        services.TryAddSingleton<SourceStore>();
        services.TryAddSingleton<SourceQueue>();
        services.TryAddSingleton<ArchiveStore>();
        services.TryAddSingleton(provider => new SourceTester(
            provider.GetServices<ISourceConnector>(), provider.GetRequiredService<IOptions<SourcesOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new SourceRunner(
            provider.GetRequiredService<SourceQueue>(), provider.GetServices<ISourceConnector>(), provider.GetRequiredService<DocumentStore>(),
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<IOptions<SourcesOptions>>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SourceRunner>>()));
        services.TryAddSingleton(provider => new FolderWatch(
            provider.GetRequiredService<SourceQueue>(), provider.GetRequiredService<FolderRoots>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<FolderWatch>>()));
        return builder;
    }
}
