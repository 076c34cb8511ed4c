using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AiApp.Rag.Jobs;

public static class JobsExtensions
{
    /// <summary>The queue in the hands of its tenant, for the Api.</summary>
    public static IHostApplicationBuilder AddQueue(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<QueueStore>();
        builder.Services.TryAddSingleton<QueueFeed>();
        return builder;
    }

    /// <summary>The queue in the hands of a worker.</summary>
    public static IHostApplicationBuilder AddJobs(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<JobsOptions>().BindConfiguration(JobsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<JobQueue>();
        builder.Services.TryAddSingleton<JobSignal>();
        return builder;
    }
}
