namespace Microsoft.Extensions.AI;

/// <summary>Stacks chat clients around an inner one. The first <c>Use</c> is the outermost.</summary>
public sealed class ChatClientBuilder
{
    private readonly Pipeline<IChatClient> pipeline;

    public ChatClientBuilder(IChatClient innerClient)
    {
        ArgumentNullException.ThrowIfNull(innerClient);
        pipeline = new(_ => innerClient);
    }

    public ChatClientBuilder(Func<IServiceProvider, IChatClient> innerClientFactory)
    {
        ArgumentNullException.ThrowIfNull(innerClientFactory);
        pipeline = new(innerClientFactory);
    }

    public ChatClientBuilder Use(Func<IChatClient, IChatClient> clientFactory)
    {
        ArgumentNullException.ThrowIfNull(clientFactory);
        return Use((inner, _) => clientFactory(inner));
    }

    public ChatClientBuilder Use(Func<IChatClient, IServiceProvider, IChatClient> clientFactory)
    {
        ArgumentNullException.ThrowIfNull(clientFactory);
        pipeline.Add(clientFactory);
        return this;
    }

    public IChatClient Build(IServiceProvider? services = null) => pipeline.Build(services);
}
