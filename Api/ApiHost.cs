using AiApp.Api.Agents;
using AiApp.Api.Answers;
using AiApp.Api.Answers.Replays;
using AiApp.Api.Auth;
using AiApp.Api.Budgets;
using AiApp.Api.Cache;
using AiApp.Api.Conversations;
using AiApp.Api.Documents;
using AiApp.Api.Extraction;
using AiApp.Api.Feedback;
using AiApp.Api.Http;
using AiApp.Api.OpenApi;
using AiApp.Api.Operations;
using AiApp.Api.Problems;
using AiApp.Api.Queue;
using AiApp.Api.Samples;
using AiApp.Api.Search;
using AiApp.Api.Sources;
using AiApp.Api.Spaces;
using AiApp.Rag.Agents;
using AiApp.Rag.Answering;
using AiApp.Rag.Conversations;
using AiApp.Rag.Documents;
using AiApp.Rag.Extraction;
using AiApp.Rag.Feedback;
using AiApp.Rag.Jobs;
using AiApp.Rag.Models;
using AiApp.Rag.Operations;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Sources;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using AiApp.ServiceDefaults;

namespace AiApp.Api;

/// <summary>The whole Api, made in one place so that tests host the very same.</summary>
public static class ApiHost
{
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        builder.AddStorage().AddRedis().AddTenants().AddModels().AddRetrieval().AddAnswering().AddConversations().AddAgents().AddDocuments().AddExtraction().AddQueue().AddSources().AddOperations().AddFeedback();
        builder.AddProblems().AddAuth().AddCacheKey().AddApiDescription().AddUploads().AddSamples().AddBudgets();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseProblems();
        app.UseSwagger();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<JsonBodyLimit>();

        app.MapDefaultEndpoints();
        app.MapApiDescription();
        app.MapProblems();
        var api = app.MapGroup("/api").RequireAuthorization()
            .ProducesProblems(ProblemCatalogue.Auth, ProblemCatalogue.Internal, ProblemCatalogue.DatabaseUnavailable);
        api.MapAnswers();
        api.MapReplays();
        api.MapConversations();
        api.MapAgents();
        api.MapFeedback();
        api.MapSearch();
        api.MapExtraction();
        api.MapDocuments();
        api.MapQueue();
        api.MapSources();
        api.MapBudgets();
        api.MapOperations();
        api.MapSamples();
        api.MapCache();
        api.MapEmbeddingSpaces();
        return app;
    }
}
