using AiApp.Rag.Documents;
using AiApp.Rag.Gateway.Routing;
using AiApp.Rag.Gateway.Structured;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Extraction;

public static class ExtractionExtensions
{
    /// <summary>Structured values out of texts; needs AddModels and AddDocuments.</summary>
    public static IHostApplicationBuilder AddExtraction(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ExtractionOptions>().BindConfiguration(ExtractionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(services => new Extractor(
            services.GetRequiredService<DocumentStore>(), services.GetRequiredService<ModelRoutes>(), services.GetRequiredService<StructuredOutput>(),
            services.GetRequiredService<IOptions<ExtractionOptions>>()));
        return builder;
    }
}
