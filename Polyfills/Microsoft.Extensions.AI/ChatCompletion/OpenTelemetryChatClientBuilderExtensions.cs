using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.AI;

public static class OpenTelemetryChatClientBuilderExtensions
{
    /// <summary>Adds spans and metrics of the GenAI conventions. The default source and meter is <c>Experimental.Microsoft.Extensions.AI</c>.</summary>
    public static ChatClientBuilder UseOpenTelemetry(
        this ChatClientBuilder builder,
        ILoggerFactory? loggerFactory = null,
        string? sourceName = null,
        Action<OpenTelemetryChatClient>? configure = null) =>
        builder.Use((inner, services) =>
        {
            var factory = loggerFactory ?? services.GetService<ILoggerFactory>();
            var client = new OpenTelemetryChatClient(inner, factory?.CreateLogger(typeof(OpenTelemetryChatClient)), sourceName);
            configure?.Invoke(client);
            return client;
        });
}
