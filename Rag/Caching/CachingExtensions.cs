using AiApp.Rag.Caching.Shadows;
using AiApp.Rag.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Caching;

public static class CachingExtensions
{
    /// <summary>The cache of answers. Where no Redis was added there is none.</summary>
    internal static IHostApplicationBuilder AddCaching(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<CacheOptions>().BindConfiguration(CacheOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(_ => new RedisConnection(configuration: null));
        builder.Services.TryAddSingleton<CacheSwitch>();
        builder.Services.TryAddSingleton(services => new CacheSignature(services.GetRequiredService<IOptions<CacheOptions>>().Value.SigningKey));
        builder.Services.TryAddSingleton<CachePartitions>();
        builder.Services.TryAddSingleton<RedisPatience>();
        builder.Services.TryAddSingleton<CacheEntries>();
        builder.Services.TryAddSingleton(services => new AnswerCache(
            services.GetRequiredService<CacheEntries>(), services.GetRequiredService<CachePartitions>(), services.GetRequiredService<RedisPatience>(),
            services.GetRequiredService<IOptions<CacheOptions>>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.TryAddSingleton<CacheReportStore>();
        builder.Services.TryAddSingleton<ShadowQueue>();
        builder.Services.TryAddSingleton<ShadowStore>();
        builder.Services.AddHostedService<ShadowWriter>();
        return builder;
    }
}
