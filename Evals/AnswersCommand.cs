using AiApp.Rag.Answering;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Jobs;
using AiApp.Rag.Models;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using AiApp.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AiApp.Evals;

internal static class AnswersCommand
{
    private const string Tenant = "evals";

    public static async Task<int> RunAsync(DirectoryInfo folder, double floor, TextWriter output, CancellationToken ct)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddServiceDefaults();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddStorage().AddModels().AddRetrieval().AddAnswering().AddDocuments();
        builder.AddJobs();
        builder.AddIngestion();
        builder.AddTenants();
        using var host = builder.Build();

        var tenant = await host.Services.GetRequiredService<ApiKeyStore>().FindOrAddTenantAsync(Tenant, ct);
        var run = new GoldenRun(host.Services, tenant);
        await run.IngestAsync(folder.FullName, ct);
        var results = new List<GoldenResult>();
        foreach (var question in GoldenQuestion.Load(Path.Combine(folder.FullName, "questions.jsonl")))
        {
            results.Add(await run.AskAsync(question, ct));
        }
        var report = new AnswersReport(results);
        await report.WriteAsync(output);
        return report.RightShare >= floor && report.QuotesStand ? 0 : 1;
    }
}
