using AiApp.Rag.Ingestion;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace AiApp.Rag.Documents;

public static class DocumentsExtensions
{
    public static IHostApplicationBuilder AddDocuments(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<DocumentFeed>();
        builder.Services.TryAddSingleton(services => new DocumentStore(
            services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<DocumentFeed>()));
        builder.Services.TryAddSingleton<KnownFileStore>();
        builder.Services.TryAddSingleton<FolderImport>();
        return builder;
    }
}
