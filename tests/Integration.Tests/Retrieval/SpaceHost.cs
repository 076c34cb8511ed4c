using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Ingestion.Filling;
using AiApp.Rag.Jobs;
using AiApp.Rag.Models;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AiApp.Integration.Tests.Retrieval;

/// <summary>As one process sees it: the embedding models "old", which is preferred, and "new".</summary>
internal sealed class SpaceHost : IDisposable
{
    private readonly IHost _host;

    public SpaceHost(TestDatabase database, StorageRole role)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["ConnectionStrings:aiapp"] = database.ConnectionString;
        builder.AddStorage(role).AddDocuments().AddJobs().AddIngestion().AddRetrieval();
        builder.Services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(New);
        builder.Services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(Old);
        _host = builder.Build();
    }

    public HashedEmbeddings Old { get; } = new("old");
    public HashedEmbeddings New { get; } = new("new");

    public SpaceAdministration Administration => Get<SpaceAdministration>();
    public EmbeddingSpaces Spaces => Get<EmbeddingSpaces>();
    public SpaceFiller Filler => Get<SpaceFiller>();
    public IRetriever Retriever => Get<IRetriever>();
    public EmbeddingModel Model(string name) => Get<EmbeddingModels>().Find(name)!;

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    public void Dispose() => _host.Dispose();
}
