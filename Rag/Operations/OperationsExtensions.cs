using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AiApp.Rag.Operations;

public static class OperationsExtensions
{
    /// <summary>How the service does; needs AddStorage and AddModels.</summary>
    public static IHostApplicationBuilder AddOperations(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<OperationsOptions>()
            .BindConfiguration(OperationsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton<OperationsStore>();
        builder.Services.TryAddSingleton<RequestStore>();
        return builder;
    }
}
