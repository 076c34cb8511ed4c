using Microsoft.Extensions.DependencyInjection;

namespace AiApp.ServiceDefaults;

public static class ResilientHttpExtensions
{
    /// <summary>A named client that retries what is safe to retry and never waits without bound for an answer to begin.</summary>
    public static IHttpClientBuilder AddResilientHttpClient(
        this IServiceCollection services,
        string name,
        Action<IServiceProvider, HttpClient> configure,
        ResilientHttpOptions? options = null)
    {
        options ??= new ResilientHttpOptions();
        return services.AddHttpClient(name, (provider, client) =>
            {
                // The handler's bounds end at the response headers; this one would also cut a long upload or stream.
                client.Timeout = Timeout.InfiniteTimeSpan;
                configure(provider, client);
            })
            // So that a service moved to another address is found again.
            .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2))
            .AddHttpMessageHandler(() => new ResilientHttpHandler(options));
    }
}
