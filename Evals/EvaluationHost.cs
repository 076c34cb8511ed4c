using AiApp.Rag.Answering;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Jobs;
using AiApp.Rag.Models;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using AiApp.ServiceDefaults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AiApp.Evals;

/// <summary>The domain without HTTP, over the database of ConnectionStrings__aiapp: as it ingests, or as it serves a caller.</summary>
internal static class EvaluationHost
{
    private const string Tenant = "evals";

    public static IHost Build(StorageRole role = StorageRole.Worker)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddServiceDefaults();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddStorage(role).AddTenants().AddModels().AddRetrieval().AddAnswering().AddDocuments();
        builder.AddJobs();
        builder.AddIngestion();
        return builder.Build();
    }

    /// <summary>Of the login itself, which owns the schema.</summary>
    public static string Connection(this IHost host) =>
        host.Services.GetRequiredService<IConfiguration>().GetConnectionString(StorageExtensions.DatabaseConnection)!;

    public static Task<TenantId> FindTenantAsync(this IHost host, CancellationToken ct) =>
        host.Services.GetRequiredService<ApiKeyStore>().FindOrAddTenantAsync(Tenant, ct);
}
