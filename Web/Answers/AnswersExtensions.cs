using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiApp.Web.Answers;

internal static class AnswersExtensions
{
    public static void AddAnswers(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<AskOptions>()
            .BindConfiguration(AskOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddScoped<Asking>();
    }
}
