using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Jobs;
using AiApp.Rag.Models;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using AiApp.ServiceDefaults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AiApp.Benchmarks;

/// <summary>The domain as it serves, without HTTP, with the options of its own configuration.</summary>
internal static class BenchmarkHost
{
    public static IHost Build(string connection, StorageRole role)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new($"ConnectionStrings:{StorageExtensions.DatabaseConnection}", connection)]);
        builder.AddServiceDefaults();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddStorage(role).AddTenants().AddModels().AddRetrieval().AddDocuments();
        builder.AddJobs();
        builder.AddIngestion();
        return builder.Build();
    }
}
