using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AiApp.Rag.Feedback;

public static class FeedbackExtensions
{
    /// <summary>What people say of answers; needs AddStorage.</summary>
    public static IHostApplicationBuilder AddFeedback(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<FeedbackTelemetry>();
        builder.Services.TryAddSingleton<FeedbackStore>();
        return builder;
    }
}
