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

/// <summary>The domain as it serves, without HTTP, over the database of ConnectionStrings__aiapp.</summary>
internal static class EvaluationHost
{
    private const string Tenant = "evals";

    public static IHost Build(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        builder.AddServiceDefaults();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddStorage(StorageRole.Worker).AddTenants().AddModels().AddRetrieval().AddAnswering().AddDocuments();
        builder.AddJobs();
        builder.AddIngestion();
        return builder.Build();
    }

    public static Task<TenantId> FindTenantAsync(this IHost host, CancellationToken ct) =>
        host.Services.GetRequiredService<ApiKeyStore>().FindOrAddTenantAsync(Tenant, ct);
}
