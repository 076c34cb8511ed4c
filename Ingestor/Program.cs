using AiApp.Ingestor;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Ingestion.Parsing;
using AiApp.Rag.Jobs;
using AiApp.Rag.Models;
using AiApp.Rag.Sources;
using AiApp.Rag.Storage;
using AiApp.ServiceDefaults;

if (args is [ParserProcess.Argument])
{
    return await ParserProcess.RunAsync();
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddStorage(StorageRole.Worker);
builder.AddModels();
builder.AddDocuments();
builder.AddJobs();
builder.AddIngestion();
builder.AddSources();
builder.AddParsers();
builder.AddWorkers();

var app = builder.Build();
app.MapDefaultEndpoints();
await app.RunAsync();
return 0;
