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
using Npgsql;

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

    /// <summary>As the login itself, without the application's role and its settings.</summary>
    public static NpgsqlDataSource CreateOwner(string connection)
    {
        var text = new NpgsqlConnectionStringBuilder(connection) { ApplicationName = "benchmark floors", Options = "-c jit=off" }.ConnectionString;
        var builder = new NpgsqlDataSourceBuilder(text);
        builder.UseVector();
        return builder.Build();
    }
}
