using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AiApp.Rag.Ingestion.Parsing;

public static class ParsingExtensions
{
    /// <summary>Documents are read in processes of their own; the program answers <see cref="ParserProcess.Argument"/>.</summary>
    public static IHostApplicationBuilder AddParsers(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ParsingOptions>().BindConfiguration(ParsingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(_ => ParserCommand.Self());
        builder.Services.AddSingleton<IDocumentParser, ParserPool>();
        return builder;
    }
}
