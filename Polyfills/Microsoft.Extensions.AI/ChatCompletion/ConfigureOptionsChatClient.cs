namespace Microsoft.Extensions.AI;

/// <summary>Lets a callback change a copy of the caller's options; the caller's own instance stays as it is.</summary>
public sealed class ConfigureOptionsChatClient : DelegatingChatClient
{
    private readonly Action<ChatOptions> configure;

    public ConfigureOptionsChatClient(IChatClient innerClient, Action<ChatOptions> configure)
        : base(innerClient)
    {
        ArgumentNullException.ThrowIfNull(configure);
        this.configure = configure;
    }

    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetResponseAsync(messages, Configured(options), cancellationToken);

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetStreamingResponseAsync(messages, Configured(options), cancellationToken);

    private ChatOptions Configured(ChatOptions? options)
    {
        var copy = options?.Clone() ?? new ChatOptions();
        configure(copy);
        return copy;
    }
}

public static class ConfigureOptionsChatClientBuilderExtensions
{
    public static ChatClientBuilder ConfigureOptions(this ChatClientBuilder builder, Action<ChatOptions> configure) =>
        builder.Use(inner => new ConfigureOptionsChatClient(inner, configure));
}
