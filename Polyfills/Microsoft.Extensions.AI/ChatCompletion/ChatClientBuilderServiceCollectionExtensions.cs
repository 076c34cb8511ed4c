using Microsoft.Extensions.AI;

namespace Microsoft.Extensions.DependencyInjection;

public static class ChatClientBuilderServiceCollectionExtensions
{
    /// <summary>Registers the pipeline that the returned builder describes.</summary>
    public static ChatClientBuilder AddChatClient(
        this IServiceCollection serviceCollection,
        IChatClient innerClient,
        ServiceLifetime lifetime = ServiceLifetime.Singleton) =>
        serviceCollection.AddChatClient(_ => innerClient, lifetime);

    /// <summary>Registers the pipeline that the returned builder describes.</summary>
    public static ChatClientBuilder AddChatClient(
        this IServiceCollection serviceCollection,
        Func<IServiceProvider, IChatClient> innerClientFactory,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        var builder = new ChatClientBuilder(innerClientFactory);
        serviceCollection.Add(new ServiceDescriptor(typeof(IChatClient), builder.Build, lifetime));
        return builder;
    }
}
